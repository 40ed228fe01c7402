import type { Finding } from '@zegel/core';
import type Database from 'better-sqlite3';
import { mismatch } from '../follow/head.ts';
import type { LogSource } from '../log-port.ts';
import { DamagedChunk } from '../segment/damaged.ts';
import { isDamage, openDatabase } from '../store/database.ts';
import { IndexError } from '../store/index-error.ts';
import { SegmentTable } from '../store/segments.ts';
import { readState } from '../store/state.ts';
import type { IndexVault } from '../vault-port.ts';
import { differs } from './differs.ts';
import { SegmentComparison } from './segment-comparison.ts';
import { checkShape } from './shape.ts';

/** What to compare. */
export interface CompareOptions {
  /** Path of the file `index.db`. */
  readonly path: string;
  readonly log: LogSource;
  /** Without it what the index says of persons goes unchecked. */
  readonly vault?: IndexVault | undefined;
  /** Compares segments from an index on, as long as there is `more` time; at least one. All of them, once one differs. */
  readonly part?: { readonly from: number; readonly more: () => boolean } | undefined;
}

/** What a comparison found. */
export interface Comparison {
  /** `index-differs`, at most one per segment, each with the first entry concerned. */
  readonly findings: readonly Finding[];
  /** Entries below this index were compared; of a part, from `part.from` on. */
  readonly covered: number;
  /** Of a part: where the next goes on, 0 when all segments had their turn. */
  readonly next?: number;
}

/**
 * Derives the index again from log and vault, segment by segment, and compares it with the stored one byte by byte; for
 * `verify --index`. Changes nothing. Whatever differs is either found or can't show in a search.
 *
 * @throws IndexError INDEX_MISSING
 */
export async function compareIndex({ path, log, vault, part }: CompareOptions): Promise<Comparison> {
  let db: Database.Database | undefined;
  try {
    db = openDatabase(path, 'read');
    db.exec('BEGIN'); // one state of the index, however long it takes
    return await compareOpen(db, { path, log, vault, part });
  } catch (error) {
    if (error instanceof IndexError && error.code === 'INDEX_MISSING') throw error;
    if (!(error instanceof DamagedChunk) && !(error instanceof IndexError) && !isDamage(error)) throw error;
    return { findings: [differs(undefined, `the index file is damaged: ${error.message}`)], covered: 0 };
  } finally {
    db?.close();
  }
}

async function compareOpen(db: Database.Database, { log, vault, part }: CompareOptions): Promise<Comparison> {
  const state = readState(db);
  const reason = await mismatch(state, log, vault);
  if (state === undefined || reason !== undefined) {
    return { findings: [differs(undefined, reason ?? 'the index has no state')], covered: 0 };
  }
  const table = new SegmentTable(db);
  const shape = checkShape(db, table, state.next);
  if (shape.length > 0) return { findings: shape, covered: 0 };
  const persons = state.vault.length === 0 ? 'none' : vault === undefined ? 'unchecked' : 'checked';
  const comparison = new SegmentComparison({ db, table, log, vault, persons, next: state.next });
  const alike = part === undefined ? undefined : await comparison.alike(part.from, part.more);
  if (alike !== undefined) return { findings: [], covered: alike, next: alike < state.next ? alike : 0 };
  return { findings: await comparison.run(), covered: state.next };
}
