import { describe, expect, test } from 'vitest';
import type { Receipt, Refusal } from '../src/receipt.ts';
import { coded, event, only, opened, parsed, place, sound } from './log-place.ts';
import { OtherProcess } from './other-process.ts';

const named = (n: number, more = {}) => event(n, { id: 'order-1001', ...more });

describe('the same id', () => {
  test('with the same event gives the first receipt, now and after a restart', async () => {
    const dir = place();
    const log = await opened(dir);
    const first = only(await log.append([named(1)]));
    expect(only(await log.append([named(1)]))).toEqual(first);
    await log.close();
    const again = await opened(dir);
    expect(only(await again.append([named(1)]))).toEqual(first);
    expect(await again.size()).toBe(3);
    await again.close();
    await sound(dir);
  });

  test('with keys in another order is the same event', async () => {
    const log = await opened(place());
    const first = only(await log.append([named(1)]));
    const turned = Object.fromEntries(Object.entries(named(1)).toReversed()) as ReturnType<typeof named>;
    expect(only(await log.append([turned]))).toEqual(first);
  });

  test('with another event is a conflict, which appends nothing', async () => {
    const dir = place();
    const log = await opened(dir);
    const first = only(await log.append([named(1)]));
    await expect(log.append([event(5), named(2)])).rejects.toEqual(coded('ID_CONFLICT'));
    expect(await log.size()).toBe(3);
    const [one, two, three] = await log.appendEach([event(5), named(2), named(1)]);
    expect([(one as Receipt).index, (two as Refusal).refused, three]).toEqual([3, 'ID_CONFLICT', first]);
    await log.close();
    await sound(dir);
  });

  test('of another source is another event', async () => {
    const dir = place();
    const log = await opened(dir);
    const mine = only(await log.append([named(1)], { source: 'a' }));
    const theirs = only(await log.append([named(2)], { source: 'b' }));
    expect([mine.index, theirs.index, mine.entry === theirs.entry]).toEqual([2, 3, false]);
    expect([mine.id, theirs.id]).toEqual(['order-1001', 'order-1001']);
    await log.close();
    await sound(dir);
  });

  test('twice in one batch: equal ones share an entry, different ones refuse the batch', async () => {
    const dir = place();
    const log = await opened(dir);
    const [a, b] = await log.append([named(1), named(1)]);
    expect(a).toEqual(b);
    const other = (n: number) => event(n, { id: 'order-1002' });
    await expect(log.append([other(1), other(2)])).rejects.toEqual(coded('ID_CONFLICT'));
    expect(await log.size()).toBe(3);
    // The refused batch left its id in the vault, not in the log: the next event may have it.
    expect(only(await log.append([other(2)])).index).toBe(3);
    await expect(log.append([other(1)])).rejects.toEqual(coded('ID_CONFLICT'));
    await log.close();
    await sound(dir);
  });

  test('by many callers at once is one entry', async () => {
    const dir = place();
    const log = await opened(dir);
    const receipts = await Promise.all(Array.from({ length: 100 }, () => log.append([named(1)])));
    expect(new Set(receipts.map((r) => JSON.stringify(r))).size).toBe(1);
    expect(await log.size()).toBe(3);
    await log.close();
    await sound(dir);
  });

  test('by several processes at once is one entry', async () => {
    const dir = place();
    await (await opened(dir)).close();
    const others = [new OtherProcess(), new OtherProcess()] as const;
    await Promise.all(others.map((p) => p.tell('open', dir, {})));
    const receipts = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        others[i % 2 === 0 ? 0 : 1].tell<Receipt[]>('append', [named(1), event(i)]),
      ),
    );
    expect(new Set(receipts.map((r) => JSON.stringify(r[0]))).size).toBe(1);
    await Promise.all(others.map((p) => p.tell('close')));
    expect((await sound(dir)).size).toBe(23);
  });

  test('by several processes at once with different events is the entry of one, and a conflict to the others', async () => {
    const dir = place();
    await (await opened(dir)).close();
    const others = [new OtherProcess(), new OtherProcess(), new OtherProcess()];
    await Promise.all(others.map((p) => p.tell('open', dir, {})));
    const own = (id: string, p: number) => event(1, { id, operation: `process.p${p}` });
    const ids = Array.from({ length: 40 }, (_, i) => `contested-${i}`);
    const outcome = (p: number, id: string): Promise<Receipt | string> =>
      others[p]?.tell<Receipt[]>('append', [own(id, p)]).then(only, (e: { code: string }) => e.code) ??
      Promise.reject(new Error('no such process'));
    const first = await Promise.all(ids.map((id) => Promise.all([0, 1, 2].map((p) => outcome(p, id)))));
    const second = await Promise.all(ids.map((id) => Promise.all([0, 1, 2].map((p) => outcome(p, id)))));
    await Promise.all(others.map((p) => p.tell('close')));
    expect(second).toEqual(first);
    const log = await opened(dir);
    for (const results of first) {
      const [winner, ...more] = results.flatMap((r, p) => (typeof r === 'string' ? [] : [{ p, receipt: r }]));
      expect(more).toEqual([]);
      expect(results.filter((r) => r === 'ID_CONFLICT')).toHaveLength(2);
      const entry = parsed(await log.entry(winner?.receipt.index ?? -1));
      expect(entry['operation']).toBe(`process.p${winner?.p}`);
    }
    expect(await log.size()).toBe(42);
    await log.close();
    await sound(dir);
  });

  test('of a bulk event gives the count of its parts', async () => {
    const dir = place();
    const log = await opened(dir);
    const bulk = event(1, {
      id: 'bulk',
      subjects: Array.from({ length: 700 }, (_, i) => ({ type: 'customer', id: `b-${i}` })),
    });
    const first = only(await log.append([bulk]));
    expect(first.count).toBeGreaterThan(1);
    expect(only(await log.append([bulk]))).toEqual(first);
    await log.close();
    await sound(dir);
  });

  test('never stands in the log', async () => {
    const log = await opened(place());
    const receipt = only(await log.append([named(1)]));
    expect(Buffer.from((await log.entry(receipt.index)).bytes ?? '').toString()).not.toContain('order-1001');
  });
});

describe('an attempt that crashed between vault and log', () => {
  test('may be tried again with the same event', async () => {
    const dir = place();
    const log = await opened(dir);
    // A batch that is refused at the commit has been through the vault.
    await log.append([event(9, { id: 'taken' })]);
    await expect(log.append([named(1), event(8, { id: 'taken' })])).rejects.toEqual(coded('ID_CONFLICT'));
    expect(only(await log.append([named(1)])).index).toBe(3);
    expect(only(await log.append([named(1)])).index).toBe(3);
    await log.close();
    await sound(dir);
  });

  test('may be tried again with another event, which then is the one', async () => {
    const dir = place();
    const log = await opened(dir);
    await log.append([event(9, { id: 'taken' })]);
    await expect(log.append([named(1), event(8, { id: 'taken' })])).rejects.toEqual(coded('ID_CONFLICT'));
    const receipt = only(await log.append([named(2)]));
    expect(receipt.index).toBe(3);
    expect(only(await log.append([named(2)]))).toEqual(receipt);
    await expect(log.append([named(1)])).rejects.toEqual(coded('ID_CONFLICT'));
    await log.close();
    await sound(dir);
  });
});
