import { describe, expect, onTestFinished, test } from 'vitest';
import { crowd } from './crowd.ts';
import { FaultProxy } from './lib/proxy.ts';
import { randomFaults } from './lib/random-faults.ts';
import { SERVERS } from './lib/servers.ts';

describe.each(SERVERS)(
  'eight writers in four processes, $mode (needs a server in $variable)',
  ({ endpoint = '' }) => {
    describe.skipIf(endpoint === '')('append', () => {
      test('2,000 entries while one request in ten meets a fault', async () => {
        const through = (): Promise<readonly string[]> =>
          Promise.all(
            [1, 2, 3, 4].map(async (seed) => {
              const proxy = await FaultProxy.before(endpoint);
              onTestFinished(() => proxy.close());
              proxy.plan = randomFaults(seed, 10);
              return proxy.endpoint;
            }),
          );
        expect(await crowd(endpoint, { entries: 2000, batch: 25, through })).toBe(2000 + 1);
      });
    });
  },
);
