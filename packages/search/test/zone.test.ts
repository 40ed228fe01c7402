import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zoneOffset } from '../src/query/zone.ts';

const MINUTE = 60_000;
const ZONES = ['Europe/Amsterdam', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Africa/Monrovia', 'UTC'];

function wall(ms: number, timeZone: string): number {
  const text = new Date(ms).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

test('an offset remembered is the offset of the instant, at every minute around a change of the clock', () => {
  const changes = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '1972-01-07T00:44:30Z', '2026-04-04T15:00Z'];
  for (const zone of ZONES)
    for (const change of changes)
      for (let n = -70; n <= 70; n++) {
        const ms = Date.parse(change) + n * MINUTE;
        expect([zone, ms, zoneOffset(ms, zone)]).toEqual([zone, ms, wall(ms, zone) - ms]);
      }
});

test('and at any other', () => {
  const times = fc.integer({ min: Date.UTC(1900, 0) / 1000, max: Date.UTC(2100, 0) / 1000 });
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), times, (zone, seconds) => {
      const ms = seconds * 1000;
      expect(zoneOffset(ms, zone)).toBe(wall(ms, zone) - ms);
    }),
    { numRuns: 2000 },
  );
});
