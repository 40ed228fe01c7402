import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTime, zonedTime } from '../src/index.ts';

const ZONES = Intl.supportedValuesOf('timeZone');

describe('times in a zone', () => {
  it('are those of its clock, also where that jumps', () => {
    const time = zonedTime('Europe/Amsterdam');
    const jump = Date.UTC(2026, 2, 29, 1);
    expect(time(new Date(jump - 1).toISOString())).toBe('2026-03-29 01:59:59');
    expect(time(new Date(jump).toISOString())).toBe('2026-03-29 03:00:00');
    expect(zonedTime('Asia/Kathmandu')('2026-01-01T00:00:00.000Z')).toBe('2026-01-01 05:45:00');
    expect(localTime('2026-11-22T12:00:00.000Z', 'Europe/Amsterdam')).toBe('2026-11-22 13:00:00');
  });

  it('are what Intl makes of them, in every zone, also in years when clocks jumped by seconds', () => {
    const year = 365.25 * 86_400_000;
    const ms = fc.oneof(
      fc.integer({ min: -200 * year, max: 200 * year }),
      fc.integer({ min: 2 * year, max: 70 * year }).map((at) => at - (at % 900_000)),
      // The years 0000 and 9999, where a zone's clock may show another.
      fc.integer({ min: -62_167_219_200_000, max: -62_167_132_800_000 }),
      fc.integer({ min: 253_402_214_400_000, max: 253_402_300_799_999 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.array(ms, { minLength: 1, maxLength: 5 }),
        (timeZone, all) => {
          const format = new Intl.DateTimeFormat('sv-SE', {
            dateStyle: 'short',
            timeStyle: 'medium',
            timeZone,
          });
          const texts = all.map((at) => new Date(at).toISOString());
          const expected = all.map((at) => format.format(at));
          expect(texts.map((text) => localTime(text, timeZone))).toEqual(expected);
          expect(texts.map(zonedTime(timeZone))).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('stay as they are where they are none', () => {
    expect([localTime('soon', 'UTC'), zonedTime('UTC')('soon')]).toEqual(['soon', 'soon']);
    expect([localTime(7, 'UTC'), localTime(undefined, 'UTC')]).toEqual(['7', 'undefined']);
    expect([zonedTime('UTC')(7), zonedTime('UTC')(undefined)]).toEqual(['', '']);
  });

  it('need a zone that there is', () => {
    for (const make of [
      () => localTime('2026-11-22T12:00:00.000Z', 'Mars/Base'),
      () => zonedTime('Mars/Base'),
    ])
      expect(make).toThrow(RangeError);
  });
});
