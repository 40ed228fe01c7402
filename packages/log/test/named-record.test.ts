import { expect, test } from 'vitest';
import type { ControlRecord } from '../src/protocol.ts';
import { coded, entries, opened, place, sound } from './log-place.ts';

const time = '2026-11-22T12:00:00.000Z';

function gap(id: string, count = 3): ControlRecord {
  return {
    kind: 'gap',
    id,
    bodies: [{ activity: 'general', service: 'shop', count, from: time, to: time }],
  };
}

test('a record that its caller names is there once, also after the log was opened again', async () => {
  const dir = place();
  const log = await opened(dir);
  const first = await log.record(gap('g-1'), { source: 'shop' });
  expect(first).toMatchObject({ id: 'g-1', index: 2, count: 1, durable: 'log' });
  const both = await Promise.all([
    log.record(gap('g-1'), { source: 'shop' }),
    log.record(gap('g-2'), { source: 'shop' }),
  ]);
  expect(both.map(({ index }) => index)).toEqual([2, 3]);
  await log.close();
  const again = await opened(dir);
  expect(await again.record(gap('g-1'), { source: 'shop' })).toEqual(first);
  expect((await entries(again)).filter(({ kind }) => kind === 'gap')).toHaveLength(2);
  await again.close();
  await sound(dir);
});

test('another source, or no name, is another record; another content is refused', async () => {
  const log = await opened(place());
  const { id: _, ...unnamed } = gap('');
  await log.record(gap('g-1'), { source: 'shop' });
  expect((await log.record(gap('g-1'), { source: 'desk' })).index).toBe(3);
  expect((await log.record(unnamed)).index).toBe(4);
  expect((await log.record(unnamed)).index).toBe(5);
  await expect(log.record(gap('g-1', 4), { source: 'shop' })).rejects.toEqual(coded('ID_CONFLICT'));
  await expect(log.record(gap('\0'))).rejects.toEqual(coded('EVENT_INVALID'));
  expect(await log.size()).toBe(6);
});

test('a record given again makes no handle anew for somebody whose handles were destroyed', async () => {
  const log = await opened(place());
  const subjects = [{ type: 'customer', id: 'c-1' }];
  const ended: ControlRecord = { kind: 'lifecycle', id: 'l-1', subjects, bodies: [{ event: 'access' }] };
  const first = await log.record(ended);
  const numbers = log.vault.handlesOf('customer', 'c-1').map(({ number }) => number);
  expect(numbers).toHaveLength(1);
  await log.destroy({ numbers, activity: 'general', rule: 'erasure' });
  expect(await log.record(ended)).toEqual(first);
  expect(log.vault.handlesOf('customer', 'c-1')).toEqual([]);
});
