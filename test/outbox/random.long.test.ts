import { expect, test } from 'vitest';
import { killAtRandom } from './drill.ts';

// Five logs of twenty kills each: one log would grow, and with it what each check costs.
test.for(Array.from({ length: 5 }, (_, i) => i * 20))(
  'client and collector killed at random moments %i and on',
  async () => {
    const { acknowledged, entries } = await killAtRandom(20);
    expect(acknowledged).toBeGreaterThan(100);
    expect(entries).toBeGreaterThanOrEqual(acknowledged);
  },
);
