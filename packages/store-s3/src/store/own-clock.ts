import type { Bucket } from '../bucket/bucket.ts';
import { apart } from '../bucket/time-words.ts';
import { StoreError } from '../store-error.ts';

/** Milliseconds by which a writer's clock may be off; as much as `occurred` may be after `recorded` (format v1 §1). */
const CLOCK_BOUND_MS = 300_000;

/**
 * Refuses to go on where this machine's clock can't be right by the server's (format v1 §1 `recorded`). An old comparison counts for
 * nothing. One that looks wrong is made once more: the clock may have been set, and a proxy may have kept an old answer.
 *
 * @param ask sends the server a request
 * @throws StoreError STORE_CLOCK
 */
export async function requireClock({ clock }: Bucket, ask: () => Promise<void>): Promise<void> {
  if (!clock.isFresh) await ask();
  if (wrongClock(clock.skewMs) === undefined) return;
  await ask();
  const wrong = wrongClock(clock.skewMs);
  if (wrong !== undefined)
    throw new StoreError('STORE_CLOCK', `${wrong}: nothing is appended before that is mended`);
}

/** What is wrong with this machine's clock, if anything is. */
export function wrongClock(skewMs: number | undefined): string | undefined {
  if (skewMs === undefined)
    return "the server's answers do not say what time it is, and this machine's clock can't be held against it";
  if (Math.abs(skewMs) <= CLOCK_BOUND_MS) return undefined;
  return `this machine's clock is ${apart(skewMs)}, by more than ${CLOCK_BOUND_MS / 60_000} minutes`;
}
