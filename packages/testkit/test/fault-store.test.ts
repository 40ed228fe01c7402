import type { LogStore } from '@zegel/log/port';
import {
  batchAfter,
  type Fault,
  faultAt,
  faultStore,
  MemoryPlace,
  memoryStore,
  someEntries,
} from '@zegel/testkit';
import { expect, test } from 'vitest';

const error = new Error('the line was cut');
const append = (store: LogStore) => store.commit((view) => batchAfter(view, someEntries(150, view.size)));

function failing(
  method: keyof LogStore,
  nth: number,
  persisted: boolean,
): { store: LogStore; place: MemoryPlace } {
  const place = new MemoryPlace();
  const fault: Fault = { persisted, error };
  return { store: faultStore(memoryStore(place), faultAt(method, nth, fault)), place };
}

test.each([
  [false, 150],
  [true, 300],
])('the second commit fails, persisted: %s', async (persisted, size) => {
  const { store, place } = failing('commit', 1, persisted);
  await append(store);
  await expect(append(store)).rejects.toBe(error);
  expect(place.entries).toHaveLength(size);
  await append(store);
  expect(place.entries).toHaveLength(size + 150);
});

test.each([
  [false, 0],
  [true, 100],
])('reading fails before or after the first chunk, persisted: %s', async (persisted, count) => {
  const { store } = failing('read', 0, persisted);
  await append(store);
  let seen = 0;
  const reading = async () => {
    for await (const chunk of store.read(0, 150)) seen += chunk.length;
  };
  await expect(reading()).rejects.toBe(error);
  expect(seen).toBe(count);
  await reading();
  expect(seen).toBe(count + 150);
});

test('without a fault every method does what the store beneath does', async () => {
  const place = new MemoryPlace();
  const store = faultStore(memoryStore(place), () => undefined);
  const batch = await append(store);
  expect(await store.head()).toEqual(batch?.head);
  expect(await store.heads(0, 1000, 5)).toHaveLength(1);
  expect((await store.leafHashes(0, 2)).length).toBe(64);
  expect(await store.subtrees([{ level: 1, n: 0 }])).toEqual([undefined]);
  expect(await store.findById(batch?.ids.subarray(16, 32) ?? new Uint8Array())).toBe(1);
  for await (const rows of store.idRows()) expect(rows).toHaveLength(150);
  await store.prune({ by: 149, ranges: [[3, 4]] });
  expect(place.entries[3]?.bytes).toBeUndefined();
  await store.grown(1);
  expect(await store.inspect()).toEqual([]);
  await store.close();
  await expect(store.head()).rejects.toMatchObject({ code: 'STORE_CLOSED' });
});
