import type { Log, StoredEntry } from '@zegel/log';
import { hitsUpward, type SearchIndex } from '@zegel/search';

/** Where entries of a kind are found. */
export interface ReviewSource {
  readonly log: Pick<Log, 'size' | 'read'>;
  readonly index: Pick<SearchIndex, 'plan' | 'search' | 'fetch' | 'stats'>;
}

/** Entries beyond the index that are read one by one; more of them are left to the index. */
const MOST_TAIL = 20_000;

/**
 * Entries of a kind from an index on, in index order: by the index as far as it goes, beyond it by reading, so that what was
 * just appended is there. `below` is how far they were looked for.
 */
export async function* entriesOfKind(
  { log, index }: ReviewSource,
  kind: 'review' | 'confidentiality',
  from: number,
): AsyncGenerator<{ readonly entries: readonly StoredEntry[]; readonly below: number }> {
  const size: number = await log.size();
  const covered = Math.min(size, index.stats().covered);
  if (covered > from) {
    for await (const entries of hitsUpward(index, index.plan(`kind:${kind}`), { from, below: covered }))
      yield { entries, below: from };
    yield { entries: [], below: covered };
  }
  const start = Math.max(from, covered);
  if (start >= size || size - start > MOST_TAIL) return;
  for await (const entries of log.read(start, size)) yield { entries, below: from };
  yield { entries: [], below: size };
}
