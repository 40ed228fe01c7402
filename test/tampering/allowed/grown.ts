import { openLog } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';
import { event } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'the log went on growing',
  happen: async ({ dir, keys }) => {
    await using log = await openLog(dir, { keys });
    for (let i = 0; i < 5; i++) await log.append([event(i), event(i + 1)]);
  },
};
