import { randomBytes } from 'node:crypto';
import { CompactRange, leafHash } from '@zegel/core';
import type { LogStore } from '@zegel/log/port';
import { describe, expect, test } from 'vitest';
import { someEntries } from './batch.ts';
import {
  append,
  collect,
  expectEntries,
  type Fresh,
  fresh,
  hashesIn,
  hex,
  type StoreSubject,
} from './suite-subject.ts';

const SIZES = [1, 63, 64, 65, 1, 130, 2];
const BORDERS = [
  0, 1, 2, 63, 64, 65, 127, 128, 129, 191, 192, 193, 194, 195, 258, 322, 323, 324, 325, 326, 400,
];

/** Reading what is there. */
export function readSuite(subject: StoreSubject): void {
  describe('read', () => {
    rangeTests(subject);
    headTests(subject);
    subtreeTests(subject);
    idTests(subject);
  });
}

async function uneven(subject: StoreSubject): Promise<Fresh & { readonly entries: readonly Uint8Array[] }> {
  const made = await fresh(subject);
  const entries = someEntries(326);
  let at = 0;
  for (const size of SIZES) {
    await append(made.store, entries.slice(at, at + size));
    at += size;
  }
  return { ...made, entries };
}

function rangeTests(subject: StoreSubject): void {
  test('every range between borders gives exactly its entries and leaf hashes', async () => {
    const { store, entries } = await uneven(subject);
    for (const from of BORDERS) {
      for (const to of BORDERS) {
        const expected = entries.slice(from, Math.max(from, to));
        await expectEntries(store, from, to, expected);
        expect(hashesIn(await store.leafHashes(from, to))).toEqual(
          expected.map((entry) => hex(leafHash(entry))),
        );
      }
    }
  });

  test('a range without an end stops at the last entry', async () => {
    const { store, entries } = await uneven(subject);
    await expectEntries(store, 300, Number.MAX_SAFE_INTEGER, entries.slice(300));
  });

  test('a reading that began before a commit goes on unharmed', async () => {
    const { store, another, entries } = await uneven(subject);
    const seen: number[] = [];
    const other = await another();
    for await (const chunk of store.read(0, 326)) {
      seen.push(...chunk.map(({ index }) => index));
      await append(other, someEntries(1, 9999));
    }
    expect(seen).toEqual(entries.map((_, n) => n));
  });
}

function headTests(subject: StoreSubject): void {
  test('checkpoints are found by size, in order, at most as many as asked', async () => {
    const { store } = await uneven(subject);
    const sizes = async (from: number, to: number, limit: number) =>
      (await store.heads(from, to, limit)).map(({ size }) => size);
    expect(await sizes(0, 1000, 100)).toEqual([1, 64, 128, 193, 194, 324, 326]);
    expect(await sizes(64, 194, 100)).toEqual([64, 128, 193]);
    expect(await sizes(65, 1000, 2)).toEqual([128, 193]);
    expect(await sizes(327, 1000, 2)).toEqual([]);
    const [first] = await store.heads(193, 194, 1);
    expect(first).toMatchObject({ size: 193, control: 96 });
    expect(first?.root.length).toBe(32);
    expect(first?.signatures.length).toBe(68);
  });
}

function subtreeTests(subject: StoreSubject): void {
  test('subtrees are given in the order asked, and undefined where there is none', async () => {
    const { store, another } = await fresh(subject);
    const entries = someEntries(600, 0, 20);
    for (const [from, to] of [
      [0, 255],
      [255, 257],
      [257, 600],
    ] as const)
      await append(store, entries.slice(from, to));
    const expected = [0, 1].map((n) => {
      const range = CompactRange.empty();
      for (const entry of entries.slice(256 * n, 256 * n + 256)) range.append(leafHash(entry));
      return hex(range.root());
    });
    const asked = [
      [1, 1],
      [2, 0],
      [1, 0],
      [1, 2],
    ].map(([level = 0, n = 0]) => ({ level, n }));
    for (const each of [store, await another()]) {
      expect((await each.subtrees(asked)).map(hex)).toEqual([expected[1], undefined, expected[0], undefined]);
    }
  });
}

function idTests(subject: StoreSubject): void {
  test('an entry is found by its id, a split one by its first part', async () => {
    const { store, another } = await fresh(subject);
    const [a, b, c, d] = [randomBytes(16), randomBytes(16), randomBytes(16), randomBytes(16)];
    await append(store, someEntries(2), { ids: [a, b] });
    await append(store, someEntries(4, 2), { ids: [c, c, c, d], parts: [1, 2, 3, 0] });
    for (const each of [store, await another()]) {
      expect(await Promise.all([a, b, c, d].map((id) => each.findById(id)))).toEqual([0, 1, 2, 5]);
      expect(await each.findById(randomBytes(16))).toBeUndefined();
    }
    await expectRefused(store, c, 2);
    await expectRefused(store, a, 0);
  });

  test('all rows of the id table come by id and part', async () => {
    const { store } = await fresh(subject);
    const ids = Array.from({ length: 2100 }, () => new Uint8Array(randomBytes(16)));
    await append(store, someEntries(2100, 0, 8), { ids });
    const split = new Uint8Array(randomBytes(16));
    await append(store, someEntries(3, 2100), { ids: [split, split, split], parts: [1, 2, 3] });
    const expected = [
      ...ids.map((id, index) => ({ id, part: 0, index })),
      ...[0, 1, 2].map((n) => ({ id: split, part: n + 1, index: 2100 + n })),
    ];
    expected.sort((x, y) => Buffer.compare(x.id, y.id) || x.part - y.part);
    const text = (row: { id: Uint8Array; part: number; index: number }) =>
      `${hex(row.id)} ${row.part} ${row.index}`;
    expect((await collect(store.idRows())).map(text)).toEqual(expected.map(text));
  });
}

async function expectRefused(store: LogStore, id: Uint8Array, part: number): Promise<void> {
  const size = (await store.head())?.size;
  await expect(append(store, someEntries(1), { ids: [id], parts: [part] })).rejects.toThrow();
  expect((await store.head())?.size).toBe(size);
}
