import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError, translated } from './store-error.ts';

/** How long SQLite itself may block the thread for a lock, in milliseconds; the rest is waited for here. */
export const BLOCKING_WAIT = 2;

// SQLite's own waiting grows to 100 ms a try, in which a busy writer commits many times and gets the lock back:
// the slowest waiter starves. Short random pauses give each waiter the same chance at every gap.
const LONGEST_PAUSE = 6;

/**
 * Does `work` again until it meets no lock, for at most `timeout` milliseconds, without blocking the
 * event loop. `work` must undo itself when it throws.
 *
 * @throws StoreError `STORE_BUSY` when the time is over; other failures at once
 */
export async function patiently<T>(timeout: number, work: () => T): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    try {
      return work();
    } catch (cause) {
      const error = translated(cause);
      if (!(error instanceof StoreError && error.code === 'STORE_BUSY')) throw error;
      if (performance.now() >= deadline) throw error;
    }
    await sleep(1 + Math.random() * LONGEST_PAUSE);
  }
}
