import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { EventError } from '../src/event/error.ts';
import type { AccessEvent } from '../src/event/types.ts';
import type { Receipt, Refusal } from '../src/receipt.ts';
import { coded, entries, entryOf, event, only, opened, place, sound } from './log-place.ts';

const bad = { action: 'steal', activity: 'nothing' } as unknown as AccessEvent;

describe('append', () => {
  test('gives receipts that name what is stored', async () => {
    const dir = place();
    const log = await opened(dir);
    const receipts = await log.append([event(1), event(2, { id: 'mine' })]);
    expect(receipts.map((r) => [r.index, r.count, r.durable])).toEqual([
      [2, 1, 'log'],
      [3, 1, 'log'],
    ]);
    expect(receipts.map((r) => r.id)).toEqual([receipts[0]?.entry, 'mine']);
    for (const receipt of receipts) {
      const { bytes } = await log.entry(receipt.index);
      const leaf = createHash('sha256')
        .update(Buffer.of(0))
        .update(bytes ?? '')
        .digest('base64url');
      expect(receipt.leafHash).toBe(leaf);
      expect((await entryOf(log, receipt))['id']).toBe(receipt.entry);
    }
    await log.close();
    await sound(dir);
  });

  test('is all or none', async () => {
    const dir = place();
    const log = await opened(dir);
    const error = await log.append([event(1), bad, event(2), bad]).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(EventError);
    expect((error as EventError).position).toBe(1);
    expect([...new Set((error as EventError).problems.map((p) => p.path.split('/')[1]))]).toEqual(['1', '3']);
    expect(await log.size()).toBe(2);
    await log.append([event(3)]);
    expect(await log.size()).toBe(3);
    await log.close();
    await sound(dir);
  });

  test('of all or none takes no more than one commit holds', async () => {
    const log = await opened(place());
    const many = Array.from({ length: 65_537 }, () => event(1));
    await expect(log.append(many)).rejects.toThrow('65537 events: all or none of them at most 65536');
    expect(await log.size()).toBe(2);
  });

  test('of nothing does nothing', async () => {
    const log = await opened(place());
    expect(await log.append([])).toEqual([]);
    expect(await log.appendEach([])).toEqual([]);
    expect(await log.size()).toBe(2);
  });

  test('takes the events as they were when it was called', async () => {
    const log = await opened(place());
    const subject = { type: 'customer', id: 'before' };
    const mine = { ...event(1), subjects: [subject], fields: ['name'] };
    const appended = log.append([mine]);
    subject.id = 'after';
    mine.fields.push('email');
    const receipt = only(await appended);
    expect((await entryOf(log, receipt))['fields']).toEqual(['name']);
    expect(log.vault.handlesOf('customer', 'before')).toHaveLength(1);
    expect(log.vault.handlesOf('customer', 'after')).toEqual([]);
  });

  test.each([
    ['a big integer', { of: 1n }],
    [
      'a circle',
      (() => {
        const circle: Record<string, unknown> = {};
        circle['of'] = circle;
        return circle;
      })(),
    ],
    ['a lone surrogate', { reason: 'x\ud800' }],
  ])('refuses %s', async (_, more) => {
    const log = await opened(place());
    await expect(log.append([event(1, more as Partial<AccessEvent>)])).rejects.toEqual(
      coded('EVENT_INVALID'),
    );
    expect(await log.size()).toBe(2);
  });

  test('keeps the order of calls', async () => {
    const log = await opened(place());
    const receipts = await Promise.all(
      Array.from({ length: 200 }, (_, i) => log.append([event(i), event(i)])),
    );
    expect(receipts.flat().map((r) => r.index)).toEqual(Array.from({ length: 400 }, (_, i) => i + 2));
  });
});

describe('appendEach', () => {
  test('appends the good ones and says of each bad one what is wrong', async () => {
    const dir = place();
    const log = await opened(dir);
    const [first, second, third] = await log.appendEach([event(1), bad, event(2)]);
    expect([(first as Receipt).index, (third as Receipt).index]).toEqual([2, 3]);
    expect((second as Refusal).refused).toBe('EVENT_INVALID');
    expect((second as Refusal).problems.map((p) => p.path)).toContain('/action');
    expect(await log.appendEach([bad, null, 7])).toHaveLength(3);
    expect(await log.size()).toBe(4);
    await log.close();
    await sound(dir);
  });
});

describe('concurrent appends', () => {
  test('share commits: a thousand single ones make far fewer heads', async () => {
    const dir = place();
    const log = await opened(dir);
    const receipts = await Promise.all(Array.from({ length: 1000 }, (_, i) => log.append([event(i)])));
    expect(new Set(receipts.map((r) => only(r).index)).size).toBe(1000);
    expect((await log.heads(3, 2000, 2000)).length).toBeLessThan(100);
    await log.close();
    expect((await sound(dir)).size).toBe(1002);
  });

  test('beyond the bound wait for their turn, and all arrive', async () => {
    const dir = place();
    const log = await opened(dir);
    const many = Array.from({ length: 2000 }, (_, i) =>
      event(i % 50, { actor: { kind: 'employee', id: 'e-1' } }),
    );
    const calls = Array.from({ length: 12 }, () => log.append(many));
    const results = await Promise.all(calls);
    expect(results.flat()).toHaveLength(24_000);
    expect(await log.size()).toBe(24_002);
  });
});

describe('entries of other kinds', () => {
  test('are recorded, chained by control, and their reason is sealed', async () => {
    const dir = place();
    const log = await opened(dir);
    await log.append([event(1)]);
    const who = { actor: { kind: 'employee', id: 'e-3' }, subjects: [{ type: 'customer', id: 'c-1' }] };
    const receipt = await log.record({
      kind: 'hold',
      bodies: [{ state: 'placed' }],
      ...who,
      reason: 'court order 7',
    });
    const hold = await entryOf(log, receipt);
    expect(hold).toMatchObject({ kind: 'hold', state: 'placed', subjectCount: 1, control: { index: 1 } });
    expect(JSON.stringify(hold)).not.toContain('court');
    await log.close();
    await sound(dir);
  });

  test.each(['access', 'genesis', 'register', 'key', 'nonsense'])(
    '%s is not for callers to record',
    async (kind) => {
      const dir = place();
      const log = await opened(dir);
      const vkey = log.vkey;
      const [refused] = await Promise.allSettled([
        log.record({ kind, bodies: [{ origin: log.origin, vkey }] }),
        log.append([event(1)]),
      ]);
      expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'EVENT_INVALID' } });
      await log.close();
      expect((await sound(dir)).size).toBe(3);
    },
  );

  test('a reason that nobody could ever read is refused, not lost', async () => {
    const log = await opened(place());
    await expect(
      log.record({ kind: 'heartbeat', bodies: [{ next: '2027-01-01T00:00:00.000Z' }], reason: 'x' }),
    ).rejects.toEqual(coded('EVENT_INVALID'));
    await log.record({ kind: 'heartbeat', bodies: [{ next: '2027-01-01T00:00:00.000Z' }] });
    expect((await entries(log)).map((e) => e['kind'])).toEqual(['genesis', 'register', 'heartbeat']);
  });

  test('one that names handles is left to destroy()', async () => {
    const log = await opened(place());
    await log.append([event(1)]);
    const handles = log.vault
      .handlesOf('customer', 'c-1')
      .map((h) => Buffer.from(h.number).toString('base64url'));
    const body = { activity: 'general', rule: 'erasure', handles, ranges: [] };
    await expect(log.record({ kind: 'retention', bodies: [body] })).rejects.toEqual(coded('EVENT_INVALID'));
    expect(await log.size()).toBe(3);
  });

  test('one that cannot be copied harms nothing', async () => {
    const log = await opened(place());
    const body = { next: () => 'never' };
    await expect(log.record({ kind: 'heartbeat', bodies: [body] })).rejects.toThrow();
    await log.append([event(1)]);
    await log.close(); // would wait for ever for a request that was never sent
  });
});
