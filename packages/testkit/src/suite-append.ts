import { randomBytes } from 'node:crypto';
import { leafHash } from '@zegel/core';
import type { Batch, CommitView } from '@zegel/log/port';
import { describe, expect, test } from 'vitest';
import { batchAfter, someEntries } from './batch.ts';
import { append, collect, expectEntries, fresh, hashesIn, hex, type StoreSubject } from './suite-subject.ts';

/** What a commit stores, and what it does not. */
export function appendSuite(subject: StoreSubject): void {
  describe('append', () => {
    emptyTests(subject);
    sizeTests(subject);
    atomicityTests(subject);
    viewTests(subject);
  });
}

function emptyTests(subject: StoreSubject): void {
  test('an empty log has nothing, and says so', async () => {
    const { store } = await fresh(subject);
    expect(await store.head()).toBeUndefined();
    expect(await store.heads(0, 10, 10)).toEqual([]);
    expect(await collect(store.read(0, 10))).toEqual([]);
    expect((await store.leafHashes(0, 10)).length).toBe(0);
    expect(await store.subtrees([{ level: 1, n: 0 }])).toEqual([undefined]);
    expect(await store.findById(randomBytes(16))).toBeUndefined();
    expect(await collect(store.idRows())).toEqual([]);
    expect(await store.inspect()).toEqual([]);
  });
}

function sizeTests(subject: StoreSubject): void {
  test.each([1, 2, 63, 64, 65, 128, 1000])('a batch of %i comes back byte for byte', async (count) => {
    const { store, another } = await fresh(subject);
    const entries = someEntries(count);
    const batch = await append(store, entries);
    for (const each of [store, await another()]) {
      const found = await expectEntries(each, 0, count, entries);
      expect(found.map((entry) => hex(entry.leafHash))).toEqual(entries.map((entry) => hex(leafHash(entry))));
      expect(await each.head()).toEqual(batch.head);
    }
  });

  test('many batches of uneven sizes make one log', async () => {
    const { store } = await fresh(subject);
    const sizes = [1, 1, 63, 1, 64, 65, 2, 130, 1];
    const entries = someEntries(328);
    let at = 0;
    for (const size of sizes) {
      await append(store, entries.slice(at, at + size));
      at += size;
    }
    await expectEntries(store, 0, 328, entries);
    expect(hashesIn(await store.leafHashes(0, 328))).toEqual(entries.map((entry) => hex(leafHash(entry))));
    expect(await store.inspect()).toEqual([]);
  });

  test('entries of one byte and of 65,535 bytes, that compress well and not at all', async () => {
    const { store } = await fresh(subject);
    const long = new Uint8Array(65_535).fill(0x61);
    const entries = [Uint8Array.of(0x31), long, new Uint8Array(randomBytes(65_535)), Uint8Array.of(0)];
    await append(store, entries);
    const noise = Array.from({ length: 64 }, () => new Uint8Array(randomBytes(65_535)));
    await append(store, noise);
    await expectEntries(store, 0, 68, [...entries, ...noise]);
  });
}

function atomicityTests(subject: StoreSubject): void {
  test('when build throws, its error comes out and nothing is stored', async () => {
    const { store } = await fresh(subject);
    const entries = someEntries(3);
    await append(store, entries);
    const error = new Error('no');
    const refused = store.commit(() => {
      throw error;
    });
    await expect(refused).rejects.toBe(error);
    await expectEntries(store, 0, 10, entries);
    await append(store, someEntries(1, 3));
    expect((await store.head())?.size).toBe(4);
  });

  test('when build has nothing to do, nothing is stored', async () => {
    const { store } = await fresh(subject);
    expect(await store.commit(() => undefined)).toBeUndefined();
    expect(await store.head()).toBeUndefined();
  });

  const wrongs: readonly (readonly [string, (batch: Batch) => Batch])[] = [
    [
      'no entries',
      (b) => ({ ...b, entries: [], leafHashes: new Uint8Array(0), ids: new Uint8Array(0), parts: [] }),
    ],
    [
      'a head of another size',
      (b) => ({ ...b, head: { ...b.head, size: (b.head.size + 1) as Batch['head']['size'] } }),
    ],
    ['a leaf hash too few', (b) => ({ ...b, leafHashes: b.leafHashes.subarray(32) })],
    ['an id too few', (b) => ({ ...b, ids: b.ids.subarray(16) })],
    ['a part number too few', (b) => ({ ...b, parts: b.parts.slice(1) })],
    ['an empty entry', (b) => ({ ...b, entries: b.entries.with(1, new Uint8Array(0)) })],
    ['an entry of 65,536 bytes', (b) => ({ ...b, entries: b.entries.with(1, new Uint8Array(65_536)) })],
    ['an id twice', (b) => ({ ...b, ids: new Uint8Array(b.ids.length) })],
  ];
  test.each(wrongs)('a batch with %s is refused whole', async (_name, spoil) => {
    const { store } = await fresh(subject);
    const entries = someEntries(5);
    await append(store, entries);
    const spoilt = store.commit((view) => spoil(batchAfter(view, someEntries(70, 5))));
    await expect(spoilt).rejects.toThrow();
    await expectEntries(store, 0, 100, entries);
    expect(await collect(store.idRows())).toHaveLength(5);
    await append(store, someEntries(1, 5));
  });
}

function viewTests(subject: StoreSubject): void {
  test('a commit sees the head, the entries and the ids below it', async () => {
    const { store } = await fresh(subject);
    const entries = someEntries(70);
    const ids = entries.map(() => new Uint8Array(randomBytes(16)));
    const { head } = await append(store, entries, { ids });
    const seen = await store.commit((view) => {
      expect(view.head).toEqual(head);
      expect(view.size).toBe(70);
      expect(view.find(ids[66] ?? new Uint8Array())).toBe(66);
      expect(view.find(randomBytes(16))).toBeUndefined();
      expect(view.read(62, 66).map(({ index, bytes }) => [index, hex(bytes)])).toEqual(
        [62, 63, 64, 65].map((n) => [n, hex(entries[n])]),
      );
      expect(view.read(69, 99)).toHaveLength(1);
      return undefined;
    });
    expect(seen).toBeUndefined();
  });

  test('a view kept after its commit is refused', async () => {
    const { store } = await fresh(subject);
    let kept: CommitView | undefined;
    await store.commit((view) => {
      kept = view;
      return undefined;
    });
    expect(() => kept?.read(0, 1)).toThrow();
    expect(() => kept?.find(randomBytes(16))).toThrow();
  });
}
