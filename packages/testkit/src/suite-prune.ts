import { leafHash } from '@zegel/core';
import type { Cover } from '@zegel/log/port';
import { describe, expect, test } from 'vitest';
import { someEntries } from './batch.ts';
import {
  append,
  expectEntries,
  fresh,
  hashesIn,
  hex,
  type Fresh,
  type StoreSubject,
} from './suite-subject.ts';

const cases: readonly (readonly [string, Cover['ranges']])[] = [
  ['one body', [[5, 5]]],
  ['bodies across chunks', [[60, 70]]],
  ['whole chunks', [[0, 127]]],
  ['every other body', Array.from({ length: 150 }, (_, n) => [2 * n, 2 * n] as const)],
  [
    'bodies of single commits',
    [
      [298, 303],
      [305, 305],
      [398, 398],
    ],
  ],
  ['nothing', []],
];
const wrongs: readonly (readonly [string, Cover])[] = [
  ['that is no entry', { by: 400, ranges: [[1, 2]] }],
  ['of entries after itself', { by: 100, ranges: [[90, 101]] }],
  ['of itself', { by: 100, ranges: [[100, 100]] }],
  [
    'out of order',
    {
      by: 399,
      ranges: [
        [50, 60],
        [10, 20],
      ],
    },
  ],
  [
    'that overlaps itself',
    {
      by: 399,
      ranges: [
        [50, 60],
        [60, 61],
      ],
    },
  ],
  ['that ends before it starts', { by: 399, ranges: [[60, 50]] }],
];
/** Sizes of the log after each commit: a large one, single ones, another large one, single ones. */
const COMMITS = [300, 301, 302, 303, 304, 305, 306, 396, 397, 398, 399, 400];

/** Removing bodies under a cover. */
export function pruneSuite(subject: StoreSubject): void {
  describe('prune', () => {
    coverTests(subject);
    refusalTests(subject);
  });
}

async function prepare(subject: StoreSubject): Promise<Fresh & { readonly entries: readonly Uint8Array[] }> {
  const made = await fresh(subject);
  const entries = someEntries(400);
  let at = 0;
  for (const until of COMMITS) {
    await append(made.store, entries.slice(at, until));
    at = until;
  }
  return { ...made, entries };
}

function without(entries: readonly Uint8Array[], ranges: Cover['ranges']): (Uint8Array | undefined)[] {
  return entries.map((entry, n) =>
    ranges.some(([first, last]) => first <= n && n <= last) ? undefined : entry,
  );
}

function coverTests(subject: StoreSubject): void {
  test.each(cases)('%s', async (_name, ranges) => {
    const { store, another, entries } = await prepare(subject);
    const head = await store.head();
    await store.prune({ by: 399, ranges });
    // Twice is as good as once.
    await store.prune({ by: 399, ranges });
    for (const each of [store, await another()]) {
      const found = await expectEntries(each, 0, 400, without(entries, ranges));
      expect(found.map((entry) => hex(entry.leafHash))).toEqual(entries.map((entry) => hex(leafHash(entry))));
      expect(hashesIn(await each.leafHashes(0, 400))).toHaveLength(400);
      expect(await each.head()).toEqual(head);
      expect(await each.inspect()).toEqual([]);
    }
    await append(store, someEntries(1, 400));
  });

  test('one cover after another, overlapping', async () => {
    const { store, entries } = await prepare(subject);
    const ranges: Cover['ranges'] = [
      [10, 20],
      [15, 100],
      [0, 12],
    ];
    for (const [n, range] of ranges.entries()) await store.prune({ by: 396 + n, ranges: [range] });
    await expectEntries(store, 0, 400, without(entries, ranges));
    expect(await store.inspect()).toEqual([]);
  });
}

function refusalTests(subject: StoreSubject): void {
  test(`a cover is refused ${wrongs.map(([name]) => name).join(', ')}`, async () => {
    const { store, entries } = await prepare(subject);
    for (const [name, cover] of wrongs) {
      await expect(store.prune(cover), name).rejects.toThrow();
      await expectEntries(store, 0, 400, entries);
    }
  });
}
