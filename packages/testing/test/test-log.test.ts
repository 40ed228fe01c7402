import { builtinRegister } from '@zegel/log';
import { describe, expect, test } from 'vitest';
import { testLog } from '../src/test-log.ts';

const event = {
  action: 'search',
  activity: 'general',
  actor: { kind: 'system', id: 'job' },
  subjects: [{ type: 'customer', id: 'c-1' }],
  fields: ['name', 'email'],
  service: 'shop',
} as const;
const gap = {
  id: 'g',
  activity: 'general',
  service: 'shop',
  count: 1,
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-01T00:00:00.000Z',
};

describe('a test log', () => {
  test('keeps accesses in clear, with their defaults, at its own time', async () => {
    const log = testLog(builtinRegister, { now: () => new Date('2026-02-03T04:05:06.789Z') });
    const [receipt] = await log.append([event]);
    expect(receipt).toMatchObject({ index: 0, count: 1, durable: 'log' });
    expect(log.accesses()).toEqual([
      {
        ...event,
        index: 0,
        occurred: '2026-02-03T04:05:06.789Z',
        operation: 'general.search',
        outcome: 'success',
        fields: ['email', 'name'],
        subjects: [{ type: 'customer', id: 'c-1', involvement: 'shown' }],
      },
    ]);
    await testLog(builtinRegister).append([event]);
  });

  test('refuses what a log refuses, all of a batch', async () => {
    const log = testLog(builtinRegister);
    const wrong = { ...event, activity: 'nowhere' };
    await expect(log.append([event, wrong])).rejects.toMatchObject({ code: 'EVENT_INVALID', position: 1 });
    expect(log.accesses()).toEqual([]);
    const [one, two] = await log.appendEach([event, wrong]);
    expect([one, two]).toMatchObject([
      { index: 0 },
      { refused: 'EVENT_INVALID', problems: [{ path: '/activity' }] },
    ]);
  });

  test('knows an id again', async () => {
    const log = testLog(builtinRegister);
    const named = { ...event, id: 'order-1' };
    const first = await log.append([named]);
    expect(await log.append([named])).toEqual(first);
    await expect(log.append([{ ...named, fields: [] }])).rejects.toMatchObject({ code: 'ID_CONFLICT' });
    expect(await log.appendEach([{ ...named, fields: [] }])).toMatchObject([{ refused: 'ID_CONFLICT' }]);
    await log.gap(gap);
    await log.gap(gap);
    expect([log.accesses().length, log.gaps()]).toEqual([1, [gap]]);
  });

  test('copies what it is given', async () => {
    const log = testLog(builtinRegister);
    const subjects = [{ type: 'customer', id: 'c-1' }];
    const appended = log.append([{ ...event, subjects }]);
    subjects.push({ type: 'customer', id: 'c-2' });
    await appended;
    expect(log.accesses()[0]?.subjects).toHaveLength(1);
  });

  test('fails on demand, and lets what waited land when that is over', async () => {
    const log = testLog(builtinRegister);
    log.fail('down');
    await expect(log.append([event])).rejects.toMatchObject({ code: 'LOG_FAILED' });
    await expect(log.gap(gap)).rejects.toMatchObject({ code: 'LOG_FAILED' });
    log.fail('slow');
    let isThere = false;
    const appended = log.append([event]).then(() => (isThere = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([isThere, log.accesses().length]).toEqual([false, 0]);
    log.fail(undefined);
    await appended;
    expect(log.accesses()).toHaveLength(1);
  });
});
