import type { Log, StoredEntry } from '@zegel/log';
import { type HitIndex, hitsUpward, type Plan } from '@zegel/search';
import { isOwn } from './own.ts';
import type { ReviewResult } from './review.ts';

/** Most entries of one review. */
export const MOST_REVIEWED = 10_000;
/** Most characters of a note. */
export const MOST_NOTE = 2000;
/** Indexes of one entry of at most 65,535 bytes, with 16 digits and a comma each. */
const PER_PART = 3000;

/** What somebody found. */
export interface Marking {
  /** Name of the user of the viewer. */
  readonly user: string;
  readonly indexes: readonly number[];
  readonly result: ReviewResult;
  /** Sealed with the reviewer's key; empty for none. */
  readonly note: string;
}

/** Appends the entry of a review, in parts where it needs them. Returns its index. @throws EventError; what the log throws */
export async function recordReview(
  log: Pick<Log, 'record'>,
  { user, indexes, result, note }: Marking,
): Promise<number> {
  const of = [...new Set(indexes)].sort((a, b) => a - b);
  const parts = Math.max(1, Math.ceil(of.length / PER_PART));
  const { index } = await log.record({
    kind: 'review',
    actor: { kind: 'employee', type: 'operator', id: user },
    bodies: Array.from({ length: parts }, (_, i) => ({
      of: of.slice(i * PER_PART, (i + 1) * PER_PART),
      result,
    })),
    ...(note !== '' && { reason: note }),
  });
  return index;
}

/** What of a query's result may be reviewed by a user. */
export interface Reviewable {
  readonly indexes: readonly number[];
  /** Entries left out because they tell of the user's own doings. */
  readonly own: number;
  /** Whether there are more than may be reviewed in one go; then nothing is listed. */
  readonly tooMany: boolean;
}

/** The result of a query without the user's own. @param below entries from here on were not seen by the user */
export async function reviewable(
  log: Pick<Log, 'vault'>,
  index: HitIndex,
  plan: Plan,
  { user, below }: { readonly user: string; readonly below: number },
): Promise<Reviewable> {
  const { more } = await index.search(plan, { limit: MOST_REVIEWED, below });
  if (more) return { indexes: [], own: 0, tooMany: true };
  const indexes: number[] = [];
  let own = 0;
  for await (const entries of hitsUpward(index, plan, { below }))
    for (const entry of entries) {
      if (isOwn(log.vault, entry, user)) own++;
      else indexes.push(entry.index);
    }
  return { indexes, own, tooMany: false };
}

/** Whether one entry may be reviewed by a user. */
export function mayReview(log: Pick<Log, 'vault'>, entry: StoredEntry, user: string): boolean {
  return !isOwn(log.vault, entry, user);
}
