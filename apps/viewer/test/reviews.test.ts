import { verifyLog } from '@zegel/log';
import { describe, expect, it } from 'vitest';
import { disclosedEntries } from '../src/export/disclosed.ts';
import { MOST_REVIEWED, recordReview, reviewable } from '../src/reviews/mark.ts';
import { mayReview } from '../src/reviews/mark.ts';
import { ReviewBook } from '../src/reviews/review-book.ts';
import { SparseBits } from '../src/reviews/sparse-bits.ts';
import { indexedLog, seen } from './people-log.ts';

const DAY = 86_400_000;

describe('the book of reviews', () => {
  it('lists what is to be followed up until it is found in order', async () => {
    const staged = await indexedLog([seen('c-1', 'e-1'), seen('c-2', 'e-1'), seen('c-3', 'e-1')]);
    const book = new ReviewBook();
    const first = await recordReview(staged.log, {
      user: 'ann',
      indexes: [2, 3],
      result: 'follow-up',
      note: 'odd',
    });
    await book.refresh(staged);
    expect(book.open().map(({ index, review }) => [index, review])).toEqual([
      [2, first],
      [3, first],
    ]);
    expect([book.stateOf(2), book.stateOf(4)]).toEqual(['follow-up', 'unseen']);
    const second = await recordReview(staged.log, {
      user: 'bob',
      indexes: [3],
      result: 'in-order',
      note: '',
    });
    await book.refresh(staged);
    expect(book.open().map(({ index }) => index)).toEqual([2]);
    expect(book.stateOf(3)).toBe('in-order');
    expect(await book.reviewsOf(staged, 3)).toMatchObject([
      { review: second, result: 'in-order' },
      { review: first, result: 'follow-up' },
    ]);
    expect(await book.reviewsOf(staged, 4)).toEqual([]);
  });

  it('says the same from the index as from the newest entries', async () => {
    const staged = await indexedLog([seen('c-1', 'e-1'), seen('c-2', 'e-1')]);
    const book = new ReviewBook();
    for (const [indexes, result] of [
      [[2, 3], 'follow-up'],
      [[2], 'in-order'],
      [[2], 'follow-up'],
      [[3], 'in-order'],
    ] as const) {
      await recordReview(staged.log, { user: 'ann', indexes, result, note: '' });
      await book.refresh(staged);
    }
    await staged.index.catchUp();
    const later = await new ReviewBook().refresh(staged);
    expect(later.open()).toEqual(book.open());
    expect(later.open().map(({ index }) => index)).toEqual([2]);
    expect(later.reviews).toBe(4);
  });

  it('reads once what several ask for at a time', async () => {
    const staged = await indexedLog([seen('c-1', 'e-1')]);
    await recordReview(staged.log, { user: 'ann', indexes: [2], result: 'follow-up', note: '' });
    const book = new ReviewBook();
    await Promise.all([book.refresh(staged), book.refresh(staged), book.refresh(staged)]);
    expect(book.reviews).toBe(1);
  });

  it('tells what has been open too long', async () => {
    const staged = await indexedLog([seen('c-1', 'e-1')]);
    await recordReview(staged.log, { user: 'ann', indexes: [2], result: 'follow-up', note: '' });
    const book = await new ReviewBook().refresh(staged);
    const [item] = book.open();
    expect(book.overdue((item?.since ?? 0) + 30 * DAY)).toEqual([]);
    expect(book.overdue((item?.since ?? 0) + 30 * DAY + 1)).toEqual([item]);
    expect(book.overdue((item?.since ?? 0) + 8 * DAY, 7)).toEqual([item]);
  });
});

describe('a review', () => {
  it('of many entries is split, and the log stays whole', async () => {
    const events = Array.from({ length: 3100 }, (_, i) => seen(`c-${i % 7}`, 'e-1'));
    const staged = await indexedLog(events);
    const plan = staged.index.plan('kind:access');
    const all = await reviewable(staged.log, staged.index, plan, {
      user: 'ann',
      below: await staged.log.size(),
    });
    expect(all).toMatchObject({ own: 0, tooMany: false });
    expect(all.indexes).toHaveLength(3100);
    await recordReview(staged.log, {
      user: 'ann',
      indexes: all.indexes,
      result: 'in-order',
      note: 'sampled',
    });
    const book = await new ReviewBook().refresh(staged);
    expect(book.reviews).toBe(2);
    expect(book.stateOf(all.indexes.at(-1) ?? 0)).toBe('in-order');
    const report = await verifyLog(staged.dir, {});
    expect(report.failures).toEqual([]);
    expect(report.ok).toBe(true);
  });

  it("is not of one's own accesses, consultations or reviews", async () => {
    const staged = await indexedLog([
      seen('c-1', 'ann'),
      seen('c-1', 'e-1', { onBehalfOf: { type: 'employee', id: 'ann' } }),
      seen('c-1', 'e-1'),
      seen('ann', 'e-1', { subjects: [{ type: 'employee', id: 'ann' }] }),
    ]);
    const { log, index } = staged;
    await log.consult({
      action: 'search',
      operation: 'viewer.search',
      actor: { kind: 'employee', type: 'operator', id: 'ann' },
      subjects: [],
      fields: [],
      service: 'zegel',
    });
    await recordReview(log, { user: 'ann', indexes: [4], result: 'in-order', note: '' });
    await index.catchUp();
    const below = await log.size();
    const mine = await reviewable(log, index, index.plan('kind:access,review'), { user: 'ann', below });
    expect(mine).toEqual({ indexes: [4, 5], own: 4, tooMany: false });
    const theirs = await reviewable(log, index, index.plan('kind:access,review'), { user: 'bob', below });
    expect(theirs.indexes).toHaveLength(6);
    expect(mayReview(log, await log.entry(2), 'ann')).toBe(false);
    expect(mayReview(log, await log.entry(2), 'bob')).toBe(true);
  });

  it('is refused whole when there is too much in it', async () => {
    const staged = await indexedLog(Array.from({ length: MOST_REVIEWED + 1 }, () => seen('c-1', 'e-1')));
    const { log, index } = staged;
    const found = await reviewable(log, index, index.plan('kind:access'), {
      user: 'ann',
      below: await log.size(),
    });
    expect(found).toEqual({ indexes: [], own: 0, tooMany: true });
  });
});

describe('what is confidential', () => {
  it('may be shown once that is lifted', async () => {
    const staged = await indexedLog([
      seen('c-1', 'e-1', { confidential: true }),
      seen('c-2', 'e-1', { confidential: true }),
    ]);
    await staged.log.record({ kind: 'confidentiality', bodies: [{ of: [2] }] });
    const disclosed = await disclosedEntries(staged);
    expect([disclosed(2), disclosed(3)]).toEqual([true, false]);
  });
});

describe('bits', () => {
  it('hold numbers far apart', () => {
    const bits = new SparseBits();
    for (const value of [0, 7, 65_535, 65_536, 2 ** 40]) bits.add(value);
    expect([0, 7, 65_535, 65_536, 2 ** 40].map((value) => bits.has(value))).not.toContain(false);
    expect([1, 8, 65_537, 2 ** 40 + 1, 2 ** 33].map((value) => bits.has(value))).not.toContain(true);
  });
});
