import { expect, test } from 'vitest';
import { place } from './drill.ts';
import { killAtRandom } from './random.ts';

// On a machine that is busy with other things this would take long: what is begun by then is enough.
const until = performance.now() + 6 * 60_000;

// Ten logs of twenty kills each: one log would grow, and with it what each check costs.
test.for(Array.from({ length: 10 }, (_, i) => i * 20))(
  'killed at random moments %i and on',
  async (_, context) => {
    context.skip(performance.now() > until, 'six minutes are over');
    const { acknowledged } = await killAtRandom(place(), 20);
    expect(acknowledged).toBeGreaterThan(100);
  },
);
