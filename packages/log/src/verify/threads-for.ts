import { availableParallelism } from 'node:os';
import type { LogStore } from '../port.ts';
import { RANGE } from './stream.ts';

/** A thread more for a log of one range would have nothing to do while the first is at work. Each takes some 40 MB. */
export async function threadsFor(store: LogStore): Promise<number> {
  const size = (await store.head())?.size ?? 0;
  return size <= RANGE ? 0 : Math.min(availableParallelism(), 8);
}
