import { inParallel } from '../vault/in-parallel.ts';

/** Objects under way at once. */
const WIDTH = 16;
const BATCH = 256;

/** Does something with each item of a long list, several at once, without holding the list. Returns how many there were. */
export async function inBatches<T>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<unknown>,
): Promise<number> {
  let count = 0;
  let batch: T[] = [];
  const flush = async (): Promise<void> => {
    await inParallel(batch, WIDTH, work);
    count += batch.length;
    batch = [];
  };
  for await (const item of items) {
    batch.push(item);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return count;
}
