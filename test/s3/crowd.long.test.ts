import { describe, expect, test } from 'vitest';
import { crowd } from './crowd.ts';
import { SERVERS } from './lib/servers.ts';

describe.each(SERVERS)(
  'eight writers in four processes, $mode (needs a server in $variable)',
  ({ endpoint = '' }) => {
    test.skipIf(endpoint === '')('append 100,000 entries', async () => {
      expect(await crowd(endpoint, { entries: 100_000, batch: 250 })).toBe(100_000 + 1);
    });
  },
);
