import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openReader } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';

export const allowed: Allowed = {
  title: 'the log is only read, from a folder that can not be written',
  happen: async ({ dir }) => {
    for (const name of readdirSync(dir)) chmodSync(join(dir, name), 0o444);
    chmodSync(dir, 0o555);
    await using log = await openReader(dir);
    await log.prove(3);
  },
  inBucket: { none: 'a reader never writes to a bucket: what it may do there is tested by its policy' },
};
