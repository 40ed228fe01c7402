import { setTimeout as sleep } from 'node:timers/promises';
import type { LogSource } from '../log-port.ts';
import { Haste } from './haste.ts';
import type { Indexer } from './indexer.ts';

// A follower gathers entries for this long: one commit of the index for many of the log, and a lag well under a second.
const GATHER_MS = 200;
// Between two commits there is this much even while somebody waits for each.
const LEAST_MS = 20;

/** Keeps the index up with its log until the signal aborts. `onCovered` hears every size reached. */
export async function followLog(
  indexer: Indexer,
  log: LogSource,
  signal: AbortSignal,
  onCovered: (size: number) => void,
  haste: Haste = new Haste(),
): Promise<void> {
  let covered = -1;
  while (!signal.aborted) {
    const now = await indexer.catchUp(signal);
    if (now !== covered) onCovered(now);
    covered = now;
    await pause(LEAST_MS, signal);
    const waiting = haste.begin(signal);
    await grown(log, now, waiting);
    await pause(GATHER_MS, waiting);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Resolves when the log has an entry at `from`, or the signal aborts. */
async function grown(log: LogSource, from: number, signal: AbortSignal): Promise<void> {
  for await (const _ of log.follow(from, signal)) return;
}
