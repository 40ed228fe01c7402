import { expect, test } from 'vitest';
import { place } from './drill.ts';
import { killAtRandom } from './random.ts';

// Ten logs of twenty kills each: one log would grow, and with it what each check costs.
test.each(Array.from({ length: 10 }, (_, i) => i * 20))('killed at random moments %i and on', async () => {
  const { acknowledged } = await killAtRandom(place(), 20);
  expect(acknowledged).toBeGreaterThan(100);
});
