import { expect, test } from 'vitest';
import { Batches } from '../src/append/batches.ts';

const item = (n: number): { n: number; bytes: number } => ({ n, bytes: 10 });

test('what becomes of batches is told in their order, whichever is done first', async () => {
  const told: number[] = [];
  const settle: (() => void)[] = [];
  const batches = new Batches<{ n: number; bytes: number }, number>({
    start: ([first]) => new Promise((resolve) => settle.push(() => resolve(first?.n ?? -1))),
    finish: async (items, result) => {
      expect(items[0]?.n).toBe(result);
      await Promise.resolve();
      told.push(...items.map(({ n }) => n));
    },
  });
  for (let n = 0; n < 1500; n++) await batches.add(item(n));
  expect(settle).toHaveLength(3);
  for (const done of settle.toReversed()) done();
  await batches.end();
  expect(told).toEqual(Array.from({ length: 1500 }, (_, n) => n));
});

test('a fast sender waits while four batches are under way', async () => {
  const settle: (() => void)[] = [];
  const batches = new Batches<{ n: number; bytes: number }, void>({
    start: () => new Promise((resolve) => settle.push(resolve)),
    finish: () => Promise.resolve(),
  });
  let added = 0;
  const sending = (async () => {
    for (; added < 5000; added++) await batches.add(item(added));
  })();
  while (settle.length < 4) await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect({ added, started: settle.length }).toEqual({ added: 1999, started: 4 });
  const pump = setInterval(() => settle.splice(0).forEach((done) => done()), 1);
  await sending;
  await batches.end();
  clearInterval(pump);
  expect(added).toBe(5000);
});

test('after a failure nothing more is started or told', async () => {
  let started = 0;
  const batches = new Batches<{ n: number; bytes: number }, void>({
    start: () => (started++ === 0 ? Promise.reject(new Error('full')) : Promise.resolve()),
    finish: () => Promise.reject(new Error('told')),
  });
  for (let n = 0; n < 500; n++) await batches.add(item(n));
  await expect(batches.end()).rejects.toThrow('full');
  await expect(batches.add(item(1))).rejects.toThrow('full');
  expect(started).toBe(1);
});
