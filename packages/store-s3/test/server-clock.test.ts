import { afterEach, expect, test, vi } from 'vitest';
import { ServerClock } from '../src/bucket/server-clock.ts';

const MINUTE = 60_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** The machine's clock and its counter, each so much further on. */
function passed(clockMs: number, counterMs: number): void {
  vi.restoreAllMocks();
  const [clock, counter] = [Date.now(), performance.now()];
  vi.spyOn(Date, 'now').mockReturnValue(clock + clockMs);
  vi.spyOn(performance, 'now').mockReturnValue(counter + counterMs);
}

function heard(): ServerClock {
  const clock = new ServerClock();
  clock.heard(new Date().toUTCString(), undefined);
  return clock;
}

test('knows nothing before an answer, nor from one that has no date', () => {
  const clock = new ServerClock();
  clock.heard(undefined, undefined);
  clock.heard('yesterday', '5');
  expect([clock.skewMs, clock.isFresh]).toEqual([undefined, false]);
});

test.each([
  ['a minute later', MINUTE, MINUTE, true],
  ['three minutes later', 3 * MINUTE, 3 * MINUTE, false],
  ['after sleep', 60 * MINUTE, 1, false],
  ['when the clock was put forward', 10 * MINUTE, 1, false],
  ['when the clock was put back', -10 * MINUTE, 1, false],
])('%s a comparison counts or does not', (_, clockMs, counterMs, isFresh) => {
  const clock = heard();
  expect(clock.isFresh).toBe(true);
  passed(clockMs, counterMs);
  expect(clock.isFresh).toBe(isFresh);
});

test('adds the age of an answer that was kept, where it is a number', () => {
  const clock = heard();
  const old = new Date(Date.now() - 10 * MINUTE).toUTCString();
  clock.heard(old, '600');
  expect(Math.abs(clock.skewMs ?? Number.NaN)).toBeLessThan(5000);
  clock.heard(old, '-1');
  expect(Math.round((clock.skewMs ?? 0) / MINUTE)).toBe(-10);
});
