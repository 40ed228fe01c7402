import { expect, it } from 'vitest';
import { lockFor, recordedOf } from '../src/lock.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');
const DAY = 86_400_000;
const RULE = { mode: 'compliance', days: 30 } as const;

function access(activity: string, recorded = NOW): Uint8Array {
  const time = new Date(recorded).toISOString();
  return Buffer.from(
    `{"action":"read","activity":"${activity}","actor":{"kind":"system"},"kind":"access","recorded":"${time}"}`,
  );
}

const until = (
  entries: readonly (Uint8Array | undefined)[],
  terms: Readonly<Record<string, number>> = {},
): string | undefined => lockFor(entries, RULE, terms, NOW)?.until.toISOString();

it('lasts as long as the rule says, in whole seconds and never longer', () => {
  expect(until([access('orders@1')])).toBe('2026-02-01T03:04:05.000Z');
  expect(lockFor([access('orders@1')], { mode: 'governance', days: 1 }, {}, NOW)).toEqual({
    mode: 'governance',
    until: new Date('2026-01-03T03:04:05.000Z'),
  });
});

it('ends with the shortest term inside', () => {
  const terms = { orders: 9 * DAY, calls: 2 * DAY, billing: 400 * DAY };
  expect(until([access('orders@1'), access('calls@12'), access('other@1')], terms)).toBe(
    '2026-01-04T03:04:05.000Z',
  );
  expect(until([access('orders@1')], terms)).toBe('2026-01-11T03:04:05.000Z');
  expect(until([access('billing@1')], terms)).toBe('2026-02-01T03:04:05.000Z');
  expect(until([access('call@1'), access('callsign@1')], terms)).toBe('2026-02-01T03:04:05.000Z');
});

it('is bounded by accesses alone, for only their bodies may go', () => {
  const gap = Buffer.from('{"activity":"calls","count":1,"kind":"gap"}');
  expect(until([gap], { calls: DAY })).toBe('2026-02-01T03:04:05.000Z');
});

it('is not there for a term that is over at once, nor where none is wanted', () => {
  expect(until([access('orders@1'), access('calls@1')], { calls: 0 })).toBeUndefined();
  expect(until([access('calls@1')], { calls: 200 })).toBeUndefined();
  expect(lockFor([access('calls@1')], { mode: 'none', days: 30 }, {}, NOW)).toBeUndefined();
});

it('knows activities by name, whatever they are named', () => {
  expect(until([access('constructor@1')], { calls: DAY })).toBe('2026-02-01T03:04:05.000Z');
});

it('has a term run from when each access was recorded, and not from now', () => {
  const terms = { orders: 9 * DAY, calls: 2 * DAY };
  expect(until([access('orders@1', NOW - 4 * DAY)], terms)).toBe('2026-01-07T03:04:05.000Z');
  expect(until([access('orders@1'), access('orders@1', NOW - 8 * DAY)], terms)).toBe(
    '2026-01-03T03:04:05.000Z',
  );
  expect(until([access('orders@1'), access('calls@1', NOW - 3 * DAY)], terms)).toBeUndefined();
  // What says a time to come is no younger than what it is put in.
  expect(until([access('calls@1', NOW + 900 * DAY)], terms)).toBe('2026-01-04T03:04:05.000Z');
  expect(until([Buffer.from('{"activity":"calls@1","kind":"access"}')], terms)).toBeUndefined();
});

it('has its days run from now, also over old entries', () => {
  expect(until([access('orders@1', NOW - 900 * DAY)], { calls: DAY })).toBe('2026-02-01T03:04:05.000Z');
  expect(until([undefined, access('orders@1')], { calls: DAY })).toBe('2026-02-01T03:04:05.000Z');
  expect(until([], { calls: 0 })).toBe('2026-02-01T03:04:05.000Z');
});

it('is not there for less than a minute, which a server whose clock is ahead would refuse', () => {
  const terms = { calls: 2 * DAY };
  expect(until([access('calls@1', NOW - 2 * DAY + 59_000)], terms)).toBeUndefined();
  expect(until([access('calls@1', NOW - 2 * DAY + 62_000)], terms)).toBe('2026-01-02T03:05:07.000Z');
});

it('takes the time that an entry says, and none where it says none', () => {
  expect(recordedOf(access('calls@1'))).toBe(NOW);
  expect(recordedOf(Buffer.from('{"recorded":"soon"}'))).toBeUndefined();
  expect(recordedOf(Buffer.from('two'))).toBeUndefined();
});
