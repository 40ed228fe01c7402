import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDay, parseTime, timeText } from '../../src/entry/time.ts';

const ms = fc.integer({ min: Date.UTC(1, 0), max: Date.UTC(9999, 11, 31) });

test('a time and its text are one', () => {
  fc.assert(
    fc.property(ms, (time) => {
      expect(parseTime(timeText(time))).toBe(time);
    }),
  );
});

test('agrees with Date on every one-character change, and takes one form only', () => {
  const other = fc.constantFrom(...'0123456789TZ:.-+ x'.split(''));
  fc.assert(
    fc.property(ms, fc.nat(23), other, (time, at, character) => {
      const text = timeText(time);
      const changed = text.slice(0, at) + character + text.slice(at + 1);
      const parsed = Date.parse(changed);
      const exact = !Number.isNaN(parsed) && new Date(parsed).toISOString() === changed;
      expect(parseTime(changed)).toBe(exact ? parsed : undefined);
    }),
  );
});

test.each([
  '',
  '2026-02-30T00:00:00.000Z',
  '2026-11-22T24:00:00.000Z',
  '2026-11-22T12:00:60.000Z',
  '2026-11-22T12:00:00.000z',
])('refuses %j', (text) => expect(parseTime(text)).toBeUndefined());

test('days', () => {
  expect(parseDay('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
  for (const text of ['2023-02-29', '2024-2-29', '24-02-29', '2024-02-29 '])
    expect(parseDay(text)).toBeUndefined();
});

test('refuses to write what has no text', () => {
  for (const time of [1.5, Number.NaN, 1e15, Date.UTC(10_000, 0)]) expect(() => timeText(time)).toThrow();
});
