import { setTimeout as delay } from 'node:timers/promises';

/** Attempts of a request that changes nothing. */
export const ATTEMPTS = 6;

const FIRST_MS = 40;
const MOST_MS = 2000;

/** Waits before the next attempt: up to twice as long each time, by chance, so that many do not come back at once. */
export async function pause(attempt: number, signal: AbortSignal): Promise<void> {
  const most = Math.min(FIRST_MS * 2 ** attempt, MOST_MS);
  try {
    await delay(most * (0.5 + Math.random() / 2), undefined, { signal });
  } catch {
    // Aborted: the next attempt will say so.
  }
}
