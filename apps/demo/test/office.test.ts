import { describe, expect, test } from 'vitest';
import { Chance } from '../src/chance.ts';
import { customer, invent } from '../src/people/invent.ts';
import { OfficeClock } from '../src/traffic/office-hours.ts';

describe('chance', () => {
  test('is the same for a seed, and not for another', () => {
    const draw = (seed: number): readonly number[] => {
      const chance = new Chance(seed);
      return Array.from({ length: 50 }, () => chance.next());
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(Math.min(...draw(3))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draw(3))).toBeLessThan(1);
  });

  test('reaches both ends', () => {
    const chance = new Chance(5);
    const seen = new Set(Array.from({ length: 200 }, () => chance.whole(2, 5)));
    expect([...seen].sort((a, b) => a - b)).toEqual([2, 3, 4, 5]);
    expect(() => chance.one([])).toThrow(RangeError);
  });
});

test('people are made up alike each time, each with an address of their own', () => {
  const [one, two] = [new Chance(9), new Chance(9)];
  expect(customer(one, 1)).toEqual(customer(two, 1));
  const chance = new Chance(1);
  const emails = Array.from({ length: 3000 }, (_, n) => invent(chance, n + 1).email);
  expect(new Set(emails).size).toBe(3000);
  expect(emails.every((email) => /^[\w.]+@klant\.example$/.test(email))).toBe(true);
});

test('the office opens at eight, has lunch, and skips the night', () => {
  let now = 0;
  const clock = new OfficeClock(60, () => now);
  const at = (minutes: number): string => {
    now = minutes * 1000;
    return `${clock.text} ${clock.busy}`;
  };
  expect(at(0)).toBe('08:00 0.5');
  expect(at(135)).toBe('10:15 1');
  expect(at(270)).toBe('12:30 0.4');
  expect(at(15 * 60 - 1)).toBe('22:59 0.05');
  expect(at(15 * 60)).toBe('08:00 0.5');
  expect(clock.lasting(2)).toBe(2000);
});
