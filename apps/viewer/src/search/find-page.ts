import { leafHash } from '@zegel/core';
import type { Log, StoredEntry } from '@zegel/log';
import { type Person, showEntry } from '@zegel/reading';
import type { Plan, SearchIndex } from '@zegel/search';
import { MOST_SUBJECTS, type Row, type RowContext, rowOf } from './row.ts';

/** Something that is not as it should be, found while rows were made. */
export interface RowFinding {
  readonly kind: 'index-differs' | 'body-differs' | 'body-unreadable' | 'body-gone';
  readonly index: number;
}

/** Rows of a result, and what must be told beside them. */
export interface Rows {
  readonly rows: readonly Row[];
  /** Whom the rows tell by pseudonym. */
  readonly persons: readonly Person[];
  readonly findings: readonly RowFinding[];
}

/** Which part of a result is asked for; both bounds are excluded. */
export interface PageWanted {
  readonly below: number | undefined;
  readonly above: number | undefined;
}

/** One page of a result. */
export interface FoundPage extends Rows {
  /** Entries that the pages on either side are to be below and above of; undefined where there is none. */
  readonly older: number | undefined;
  readonly newer: number | undefined;
}

/** Rows of a page. */
const PAGE = 50;
/** Of an entry with hundreds of subjects no more are opened than its row names. */
const NAMED = { subjects: MOST_SUBJECTS };

/** What is read: a log and its index. */
interface Sources {
  readonly log: Log;
  readonly index: SearchIndex;
}

/** Finds one page of what a plan asks for. */
export async function findPage(
  { log, index }: Sources,
  plan: Plan,
  wanted: PageWanted,
  context: RowContext,
): Promise<FoundPage> {
  const { indexes, more } = await index.search(plan, { limit: PAGE, ...wanted });
  const [newest, oldest] = [indexes[0], indexes.at(-1)];
  const rising = wanted.above !== undefined;
  const hasOlder = rising ? await hasAny(index, plan, { below: oldest ?? wanted.above }) : more;
  const edge = newest ?? (wanted.below === undefined ? undefined : wanted.below - 1);
  const hasNewer = rising ? more : wanted.below !== undefined && (await hasAny(index, plan, { above: edge }));
  return {
    ...(await rowsOf({ log, index }, plan, indexes, context)),
    older: hasOlder ? oldest : undefined,
    newer: hasNewer ? edge : undefined,
  };
}

async function hasAny(index: SearchIndex, plan: Plan, bounds: Partial<PageWanted>): Promise<boolean> {
  return (await index.search(plan, { limit: 1, ...bounds })).indexes.length > 0;
}

/**
 * Hits as the log has them. What the log does not bear out, by the query or by the hash that it keeps of the body, is a
 * finding and no row.
 */
export async function rowsOf(
  { log, index }: Sources,
  plan: Plan,
  indexes: Parameters<SearchIndex['fetch']>[1],
  context: RowContext,
): Promise<Rows> {
  const fetched = await index.fetch(plan, indexes);
  const findings: RowFinding[] = fetched.findings.flatMap(({ code, index: at = -1 }) => {
    return { kind: code === 'store-damaged' ? 'body-unreadable' : 'index-differs', index: at };
  });
  for (const at of fetched.gone)
    if (context.stateOf(at) !== 'pruned') findings.push({ kind: 'body-gone', index: at });
  const rows: Row[] = [];
  const persons: Person[] = [];
  for (const entry of fetched.entries) {
    const shown = hasItsHash(entry) ? await showEntry(log, log.vault, entry, NAMED) : undefined;
    if (shown === undefined) {
      findings.push({ kind: 'body-differs', index: entry.index });
      continue;
    }
    const made = rowOf(shown, context);
    rows.push(made.row);
    persons.push(...made.persons);
  }
  return { rows, persons, findings };
}

function hasItsHash({ bytes, leafHash: kept }: StoredEntry): boolean {
  return bytes !== undefined && Buffer.from(leafHash(bytes)).equals(kept);
}
