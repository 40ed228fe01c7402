import { describe, onTestFinished, test } from 'vitest';
import { crowd } from './crowd.ts';
import { FaultProxy } from './lib/proxy.ts';
import { randomFaults } from './lib/random-faults.ts';
import { SERVERS } from './lib/servers.ts';

describe.each(SERVERS)(
  'eight writers in four processes, $mode (needs a server in $variable)',
  ({ endpoint = '' }) => {
    describe.skipIf(endpoint === '')('append', () => {
      test('5,000 entries', async () => {
        await crowd(endpoint, { entries: 5000, batch: 25 });
      });

      test('2,000 entries while one request in ten meets a fault', async () => {
        const through = async (): Promise<readonly string[]> =>
          await Promise.all(
            [1, 2, 3, 4].map(async (seed) => {
              const proxy = await FaultProxy.before(endpoint);
              onTestFinished(() => proxy.close());
              proxy.plan = randomFaults(seed, 10);
              return proxy.endpoint;
            }),
          );
        await crowd(endpoint, { entries: 2000, batch: 25, through });
      });
    });
  },
);
