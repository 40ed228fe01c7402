import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchAfter } from '@zegel/testkit';
import { expect, test } from 'vitest';
import { newPlace, open } from './place.ts';

// Random bytes do not compress and stand in the file as they are, so that it can be searched for them.
const noise = (count: number): Uint8Array[] =>
  Array.from({ length: count }, () => new Uint8Array(randomBytes(700)));

function foundIn(place: string, entries: readonly Uint8Array[]): number {
  const files = readdirSync(place).map((name) => readFileSync(join(place, name)));
  // Several places of each, because a page may end in one.
  const traces = (entry: Uint8Array) =>
    [40, 200, 400, 600].map((at) => Buffer.from(entry.subarray(at, at + 24)));
  return entries.filter((entry) => traces(entry).some((trace) => files.some((file) => file.includes(trace))))
    .length;
}

test('pruned bodies are in no file of a running store any more', async () => {
  const place = await newPlace();
  const store = await open(place, 'create');
  const [kept, gone, single] = [noise(200), noise(300), noise(20)];
  await store.commit((view) => batchAfter(view, kept));
  await store.commit((view) => batchAfter(view, gone));
  for (const entry of single) await store.commit((view) => batchAfter(view, [entry]));
  await store.commit((view) => batchAfter(view, noise(1)));
  expect(foundIn(place, [...kept, ...gone, ...single])).toBe(520);
  await store.prune({ by: 520, ranges: [[200, 509]] });
  expect(foundIn(place, [...gone, ...single.slice(0, 10)])).toBe(0);
  expect(foundIn(place, [...kept, ...single.slice(10)])).toBe(210);
});

test('while a reader holds the old pages, pruning says so and does not pretend', async () => {
  const place = await newPlace();
  const store = await open(place, 'create', 50);
  await store.commit((view) => batchAfter(view, noise(50)));
  const { default: Database } = await import('better-sqlite3');
  const reader = new Database(join(place, 'log.db'), { readonly: true });
  reader.exec('BEGIN; SELECT count(*) FROM chunk');
  await expect(store.prune({ by: 49, ranges: [[0, 10]] })).rejects.toMatchObject({ code: 'STORE_BUSY' });
  reader.exec('COMMIT');
  await store.prune({ by: 49, ranges: [[0, 10]] });
  reader.close();
});
