import { randomBytes } from 'node:crypto';
import { leafHash } from '@zegel/core';
import type { Batch, LogStore } from '@zegel/log/port';
import { describe, expect, test } from 'vitest';
import { batchAfter, someEntries } from './batch.ts';
import { append, collect, expectEntries, fresh, hashesIn, hex, type StoreSubject } from './suite-subject.ts';

const GONE: readonly (readonly [string, (n: number) => boolean])[] = [
  ['one body', (n) => n === 7],
  ['the first and the last', (n) => n === 0 || n === 199],
  ['bodies across chunks', (n) => n >= 60 && n <= 140],
  ['every other body', (n) => n % 2 === 0],
  ['every body', () => true],
];

/** What copying a log brings that appending never does: bodies that were pruned where it comes from. */
export function copySuite(subject: StoreSubject): void {
  describe('copied batches', () => {
    goneTests(subject);
    goOnTests(subject);
  });
}

async function appendWithout(
  store: LogStore,
  entries: readonly Uint8Array[],
  ids: readonly Uint8Array[],
  isGone: (n: number) => boolean,
): Promise<Batch> {
  const batch = await store.commit((view) => {
    const whole = batchAfter(view, entries, { ids });
    return { ...whole, entries: entries.map((entry, n) => (isGone(n) ? undefined : entry)) };
  });
  expect(batch).toBeDefined();
  return batch as Batch;
}

function goneTests(subject: StoreSubject): void {
  test.each(GONE)('%s pruned elsewhere', async (_name, isGone) => {
    const { store, another } = await fresh(subject);
    const entries = someEntries(200);
    const ids = entries.map(() => new Uint8Array(randomBytes(16)));
    const { head } = await appendWithout(store, entries, ids, isGone);
    const expected = entries.map((entry, n) => (isGone(n) ? undefined : entry));
    for (const each of [store, await another()]) {
      const found = await expectEntries(each, 0, 200, expected);
      expect(found.map((entry) => hex(entry.leafHash))).toEqual(entries.map((entry) => hex(leafHash(entry))));
      expect(hashesIn(await each.leafHashes(0, 200))).toHaveLength(200);
      expect(hex((await each.head())?.root)).toBe(hex(head.root));
      expect(await each.findById(ids[7] ?? new Uint8Array(16))).toBe(7);
      const rows = await collect(each.idRows());
      expect(rows.map(({ index }) => index).sort((a, b) => a - b)).toEqual(entries.map((_, n) => n));
      expect(await each.inspect()).toEqual([]);
    }
  });
}

function goOnTests(subject: StoreSubject): void {
  test('the log goes on after them, and they may be pruned once more with others', async () => {
    const { store } = await fresh(subject);
    const entries = someEntries(120);
    const ids = entries.map(() => new Uint8Array(randomBytes(16)));
    await appendWithout(store, entries, ids, (n) => n >= 10 && n < 20);
    const more = someEntries(5, 120);
    await append(store, more);
    await store.prune({ by: 124, ranges: [[5, 14]] });
    const expected = entries.map((entry, n) => (n >= 5 && n < 20 ? undefined : entry));
    await expectEntries(store, 0, 125, [...expected, ...more]);
    expect(await store.inspect()).toEqual([]);
  });
}
