import { describe, expect, test } from 'vitest';
import { dieAt, dieWhileAsking, requestsOf, stepsOf } from './kill.ts';
import { SERVERS } from './lib/servers.ts';

// On a machine that is busy with other things this would take long: what was reached is then told as a skip.
const LONGEST = 2 * 60_000;

describe.each(SERVERS)('a writer killed, $mode (needs a server in $variable)', ({ endpoint = '' }) => {
  describe.skipIf(endpoint === '')('leaves a good log', () => {
    test('at each request from its start to its end, whether the server gets it or not', async (context) => {
      const until = performance.now() + LONGEST;
      const { length } = await requestsOf(endpoint);
      let met = 0;
      let nth = 0;
      for (; nth < length && performance.now() < until; nth++)
        for (const persisted of [true, false]) if (await dieWhileAsking(endpoint, nth, persisted)) met++;
      expect(met / (2 * nth)).toBeGreaterThan(0.8);
      context.skip(nth < length, `${nth} of ${length} requests in two minutes`);
    });

    test('at each of its own steps from its start to its end', async (context) => {
      const until = performance.now() + LONGEST;
      const { length } = await stepsOf(endpoint);
      let met = 0;
      let step = 0;
      for (; step < length && performance.now() < until; step++)
        if (await dieAt(endpoint, `${step + 1}:after`)) met++;
      expect(met / step).toBeGreaterThan(0.8);
      context.skip(step < length, `${step} of ${length} steps in two minutes`);
    });
  });
});
