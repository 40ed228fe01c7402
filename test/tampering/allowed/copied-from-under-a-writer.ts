import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openLog } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';
import { event } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'a copy is made while commits still wait in the journal',
  happen: async ({ dir, keys, root }) => {
    await using log = await openLog(dir, { keys });
    await log.append([event(1), event(2)]);
    cpSync(dir, join(root, 'elsewhere'), { recursive: true, filter: (path) => !path.endsWith('-shm') });
  },
  where: ({ root }) => join(root, 'elsewhere'),
  inBucket: { counterpart: 'copied-from-under-a-writer' },
};
