import { expect, it } from 'vitest';
import { lockFor } from '../src/lock.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');
const DAY = 86_400_000;
const RULE = { mode: 'compliance', days: 30 } as const;

function access(activity: string): Uint8Array {
  return Buffer.from(`{"action":"read","activity":"${activity}","actor":{"kind":"system"},"kind":"access"}`);
}

const until = (
  entries: readonly Uint8Array[],
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
