import { openLog } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';

export const allowed: Allowed = {
  title: 'all handles of a person are destroyed',
  happen: async ({ dir, keys }) => {
    await using log = await openLog(dir, { keys });
    const numbers = log.vault.handlesOf('customer', 'c-2').map(({ number }) => number);
    await log.destroy({ numbers, activity: 'orders', rule: 'erasure' });
  },
};
