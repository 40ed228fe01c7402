import { describe, expect, test } from 'vitest';
import { withinBytes } from '../src/store/within-bytes.ts';

/** Takes all of them slowly; returns them, and the most bytes and things that were held at once. */
async function taken(sizes: readonly number[], bytes: number, width: number) {
  let [held, most, count, widest] = [0, 0, 0, 0];
  const work = async (size: number): Promise<number> => {
    held += size;
    most = Math.max(most, held);
    widest = Math.max(widest, ++count);
    await Promise.resolve();
    return size;
  };
  const all: number[] = [];
  for await (const size of withinBytes(sizes, { bytes, width, weigh: (one) => one }, work)) {
    for (let n = 0; n < 10; n++) await Promise.resolve();
    all.push(size);
    held -= size;
    count--;
  }
  return { all, most, widest };
}

describe('what is read ahead', () => {
  test('is bounded by its bytes, whatever their number', async () => {
    const sizes = Array.from({ length: 100 }, (_, n) => 1 + ((n * 37) % 40));
    const { all, most, widest } = await taken(sizes, 100, 50);
    expect(all).toEqual(sizes);
    expect(most).toBeLessThanOrEqual(100);
    expect(most).toBeGreaterThan(60);
    expect(widest).toBeGreaterThan(3);
  });

  test('is one where it is larger than the bound alone', async () => {
    expect(await taken([500, 600, 700], 100, 5)).toEqual({ all: [500, 600, 700], most: 700, widest: 1 });
  });

  test('is bounded in number too', async () => {
    expect((await taken([1, 1, 1, 1, 1, 1], 100, 3)).widest).toBe(3);
  });

  test('fails at the turn of what failed, and no later one is taken', async () => {
    const seen: number[] = [];
    const failing = withinBytes([1, 2, 3], { bytes: 10, width: 3, weigh: () => 1 }, (n) =>
      n === 2 ? Promise.reject(new Error('two')) : Promise.resolve(n),
    );
    await expect(
      (async () => {
        for await (const n of failing) seen.push(n);
      })(),
    ).rejects.toThrow('two');
    expect(seen).toEqual([1]);
  });
});
