import { randomBytes } from 'node:crypto';
import { AssertionFailed, treeSize } from '@zegel/core';
import type { Batch } from '@zegel/log/port';
import { batchAfter, MemoryPlace, memoryStore, someEntries } from '@zegel/testkit';
import { expect, test } from 'vitest';

const flipped = (bytes: Uint8Array, at = 0): Uint8Array => bytes.with(at, (bytes[at] ?? 0) ^ 1);

const wrongs: readonly (readonly [string, (batch: Batch) => Batch, RegExp])[] = [
  ['a leaf hash of another entry', (b) => ({ ...b, leafHashes: flipped(b.leafHashes, 40) }), /leaf hash 1/],
  ['a wrong root', (b) => ({ ...b, head: { ...b.head, root: flipped(b.head.root) } }), /root\b/],
  ['a gap', (b) => ({ ...b, head: { ...b.head, size: treeSize(b.head.size + 1) } }), /head does not cover/],
  ['half a signature', (b) => ({ ...b, head: { ...b.head, signatures: new Uint8Array(34) } }), /signatures/],
  ['a control entry outside', (b) => ({ ...b, head: { ...b.head, control: b.head.size } }), /control/],
  [
    'a wrong subtree',
    (b) => ({ ...b, subtrees: b.subtrees.map((s) => ({ ...s, hash: flipped(s.hash) })) }),
    /subtree 1\/0/,
  ],
  ['no subtrees', (b) => ({ ...b, subtrees: [] }), /subtrees/],
  [
    'a subtree too many',
    (b) => ({ ...b, subtrees: [...b.subtrees, { level: 2, n: 0, hash: b.head.root }] }),
    /subtrees/,
  ],
  ['an id twice', (b) => ({ ...b, ids: new Uint8Array(b.ids.length) }), /there already/],
  ['half a part', (b) => ({ ...b, parts: b.parts.with(3, 0.5) }), /part 0.5/],
  ['ids too short', (b) => ({ ...b, ids: b.ids.subarray(8) }), /16 bytes/],
];

test.each(wrongs)('the memory store fails loudly on %s', async (_name, spoil, message) => {
  const place = new MemoryPlace();
  const store = memoryStore(place);
  await store.commit((view) => batchAfter(view, someEntries(200)));
  const refused = store.commit((view) => spoil(batchAfter(view, someEntries(60, 200))));
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toThrow(AssertionFailed);
  expect(place.entries).toHaveLength(200);
  await store.commit((view) => batchAfter(view, someEntries(60, 200)));
});

test('an id of an earlier commit is refused, another part of it is not', async () => {
  const store = memoryStore();
  const id = new Uint8Array(randomBytes(16));
  await store.commit((view) => batchAfter(view, someEntries(1), { ids: [id], parts: [1] }));
  await store.commit((view) => batchAfter(view, someEntries(1), { ids: [id], parts: [2] }));
  const again = store.commit((view) => batchAfter(view, someEntries(1), { ids: [id], parts: [2] }));
  await expect(again).rejects.toThrow(/there already/);
});

test('a writer that reuses its buffers does not change what is stored', async () => {
  const store = memoryStore();
  const entries = someEntries(2);
  await store.commit((view) => batchAfter(view, entries));
  const before = (await store.leafHashes(0, 2)).join();
  entries[0]?.fill(0);
  for await (const [first] of store.read(0, 1)) expect(first?.bytes?.[0]).toBe(0x7b);
  expect((await store.leafHashes(0, 2)).join()).toBe(before);
});

test('a store told to lose a race calls build again', async () => {
  const store = memoryStore(new MemoryPlace(), { loseRace: () => true });
  let calls = 0;
  await store.commit((view) => {
    calls++;
    return batchAfter(view, someEntries(1));
  });
  expect(calls).toBe(2);
  expect((await store.head())?.size).toBe(1);
});
