import type { EntryIndex, Finding } from '@zegel/core';
import type { StoredEntry } from '@zegel/log';
import type { Plan } from '../query/plan.ts';
import type { SearchIndex } from '../search-index.ts';

/** Entries looked up at a time: as many as a segment of the index has, so that memory does not grow with the log. */
const WINDOW = 65_536;
/** Entries read from the log at a time. */
const CHUNK = 256;

/** What of an index is asked. */
export type HitIndex = Pick<SearchIndex, 'search' | 'fetch'>;

/** Which hits are wanted. */
export interface HitRange {
  /** Default 0. */
  readonly from?: number;
  /** Entries from here on are left out: those that came after the reading began. */
  readonly below: number;
  readonly signal?: AbortSignal | undefined;
  /** Is told of each hit that the log does not bear out; such a hit is left out. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/**
 * Hits of a plan in index order, in chunks, as the log has them. Holds at most 65,536 indexes and one chunk at a time; can be
 * read as often as wanted, and then gives the same as long as the index does.
 *
 * @throws the signal's reason; IndexError; what the log throws
 */
export async function* hitsUpward(
  index: HitIndex,
  plan: Plan,
  { from = 0, below, signal, onFinding }: HitRange,
): AsyncGenerator<readonly StoredEntry[]> {
  for await (const run of runsUpward(index, plan, { from, below, signal }))
    for (let at = 0; at < run.length; at += CHUNK) {
      signal?.throwIfAborted();
      const { entries, findings } = await index.fetch(plan, run.slice(at, at + CHUNK));
      if (onFinding !== undefined) for (const finding of findings) onFinding(finding);
      yield entries;
    }
}

/** Indexes of hits, ascending. Few hits take one search; many take one per window. */
async function* runsUpward(
  index: HitIndex,
  plan: Plan,
  { from, below, signal }: Required<Pick<HitRange, 'from' | 'below' | 'signal'>>,
): AsyncGenerator<readonly EntryIndex[]> {
  if (from >= below) return;
  const newest = await index.search(within(plan, from, below), { limit: WINDOW });
  if (!newest.more) {
    yield newest.indexes.toReversed();
    return;
  }
  for (let at = from; at < below; at += WINDOW) {
    signal?.throwIfAborted();
    const { indexes } = await index.search(within(plan, at, Math.min(below, at + WINDOW)), { limit: WINDOW });
    yield indexes.toReversed();
  }
}

/** A plan narrowed to entries `from` (included) to `below` (excluded). */
export function within(plan: Plan, from: number, below: number): Plan {
  return {
    conditions: [
      ...plan.conditions,
      { negated: false, any: [{ kind: 'index', first: from, last: below - 1 }] },
    ],
  };
}
