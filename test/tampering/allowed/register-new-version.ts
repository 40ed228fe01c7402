import { openLog } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';
import { registerTwo } from '../lib/register.ts';
import { event } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'a new version of the register is appended and written under',
  happen: async ({ dir, keys }) => {
    await using log = await openLog(dir, { keys, register: { ...registerTwo, date: '2026-01-01' } });
    await log.append([event(1)]);
  },
};
