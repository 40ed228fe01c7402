import { equalBytes, type Finding } from '@zegel/core';
import type Database from 'better-sqlite3';
import { DoomedTable } from '../follow/doomed.ts';
import type { LogSource } from '../log-port.ts';
import { addEntries } from '../follow/part-base.ts';
import { type Doomed, SegmentBuilder } from '../segment/builder.ts';
import { CHUNK } from '../segment/chunk-keys.ts';
import { DamagedChunk } from '../segment/damaged.ts';
import { decodeSegment } from '../segment/decode.ts';
import type { Draft } from '../segment/draft.ts';
import { encodeSegment, type EncodedSegment } from '../segment/encode.ts';
import { PersonResolver } from '../segment/person-resolver.ts';
import { pruneEntries, pruneGroups } from '../segment/prune.ts';
import { Terms } from '../segment/terms.ts';
import type { SegmentRow, SegmentTable } from '../store/segments.ts';
import { loadTerms } from '../store/term-table.ts';
import type { IndexVault } from '../vault-port.ts';
import { differs } from './differs.ts';
import { firstDifference } from './first-difference.ts';

/** What a comparison works on. */
export interface ComparisonSetup {
  readonly db: Database.Database;
  readonly table: SegmentTable;
  readonly log: LogSource;
  readonly vault: IndexVault | undefined;
  /** Whether the index holds persons, and whether there is a vault to check them by. */
  readonly persons: 'none' | 'unchecked' | 'checked';
  /** End of what the index covers. */
  readonly next: number;
}

/** Compares stored segments with what log and vault give now. */
export class SegmentComparison {
  readonly #setup: ComparisonSetup;
  readonly #terms: Terms;
  readonly #persons: PersonResolver | undefined;
  /** All that the log destroys, and the part of it that the index need not have followed yet. */
  readonly #doomed: Doomed = { handles: new Set(), ranges: [] };
  readonly #late: Doomed = { handles: new Set(), ranges: [] };

  constructor(setup: ComparisonSetup) {
    this.#setup = setup;
    this.#terms = loadTerms(setup.db, new Terms());
    const { vault, persons } = setup;
    this.#persons = vault !== undefined && persons === 'checked' ? new PersonResolver(vault) : undefined;
  }

  /**
   * First every segment by its bytes, as the log stands; then, knowing all that the log destroys, once more those that
   * differ: a retention entry is in the log before the vault and the bodies follow it.
   */
  async run(): Promise<Finding[]> {
    const suspects: SegmentRow[] = [];
    for (const row of this.#setup.table.list()) {
      const draft = await this.#derive(row);
      if (!this.#same(encodeSegment(draft), this.#setup.table.load(row))) suspects.push(row);
    }
    await this.#readLate();
    const findings: Finding[] = [];
    for (const row of suspects) findings.push(...(await this.#examine(row)));
    return findings;
  }

  /**
   * The segments from an index on, until there is no more time or no more of them: where the first begins that was not looked
   * at. Undefined when one differs, which may be lawful: only {@link SegmentComparison.run} can tell.
   */
  async alike(from: number, more: () => boolean): Promise<number | undefined> {
    const rows = this.#setup.table.list().filter(({ first, count }) => first + count > from);
    for (const [at, row] of rows.entries()) {
      if (at > 0 && !more()) return row.first;
      if (!this.#same(encodeSegment(await this.#derive(row)), this.#setup.table.load(row))) return undefined;
    }
    return this.#setup.next;
  }

  async #derive({ first, count }: { first: number; count: number }): Promise<Draft> {
    const { log } = this.#setup;
    const known = this.#terms.size;
    const builder = new SegmentBuilder(first, count, this.#terms, this.#persons);
    for await (const chunk of log.read(first, first + count)) await addEntries(builder, log, chunk);
    this.#terms.cut(known); // a name that the index lacks keeps its number in this draft, and so makes it differ
    merge(this.#doomed, builder.doomed);
    return builder.finish();
  }

  /** What is destroyed beyond the end of the index, or is noted in it and waits to be taken out. */
  async #readLate(): Promise<void> {
    const { log, next, db } = this.#setup;
    const waiting = new DoomedTable(db).load();
    for (const handle of waiting.handles)
      if (this.#doomed.handles.has(handle)) this.#late.handles.add(handle);
    const named = new Set(this.#doomed.ranges.map(String));
    this.#late.ranges.push(...waiting.ranges.filter((range) => named.has(String(range))));
    const size = await log.size();
    for (let first = next; first < size; first += 65_536) {
      const builder = new SegmentBuilder(first, Math.min(65_536, size - first), new Terms(), undefined);
      for await (const chunk of log.read(first, Math.min(first + 65_536, size))) {
        for (const entry of chunk) builder.add(entry.bytes);
      }
      merge(this.#late, builder.doomed);
    }
    merge(this.#doomed, this.#late);
  }

  async #examine(row: SegmentRow): Promise<Finding[]> {
    const derived = await this.#derive(row);
    prune(derived, this.#doomed);
    const stored = this.#setup.table.load(row);
    try {
      const draft = decodeSegment(stored, this.#terms);
      const excused = prune(draft, this.#late);
      const [a, b] = [encodeSegment(derived), excused ? encodeSegment(draft) : stored];
      if (this.#same(a, b)) return [];
      const index = firstDifference(derived, draft, this.#persons !== undefined) ?? row.first;
      return [differs(index, `the index says otherwise than the log from entry ${index} on`)];
    } catch (error) {
      if (!(error instanceof DamagedChunk)) throw error;
      return [differs(row.first, `the index is damaged from entry ${row.first} on: ${error.message}`)];
    }
  }

  #same(a: EncodedSegment, b: EncodedSegment): boolean {
    const persons = this.#setup.persons !== 'unchecked';
    if (a.low !== b.low || a.high !== b.high || (persons && a.bits !== b.bits)) return false;
    const keys = [...a.chunks.keys()].filter((key) => persons || !isPersons(key));
    const others = [...b.chunks.keys()].filter((key) => persons || !isPersons(key));
    return (
      keys.length === others.length && keys.every((key) => sameChunk(a.chunks.get(key), b.chunks.get(key)))
    );
  }
}

function isPersons(key: number): boolean {
  return key === CHUNK.actors || (key >= CHUNK.bucket && key < CHUNK.term);
}

function sameChunk(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && equalBytes(a, b);
}

function merge(into: Doomed, from: Doomed): void {
  for (const handle of from.handles) into.handles.add(handle);
  into.ranges.push(...from.ranges);
}

function prune(draft: Draft, { handles, ranges }: Doomed): boolean {
  pruneEntries(draft, ranges);
  if (handles.size > 0) pruneGroups(draft, (_, through) => through.some((one) => handles.has(one)));
  return handles.size + ranges.length > 0;
}
