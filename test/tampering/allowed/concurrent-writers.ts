import { openLog } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';
import { event } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'two writers append at once',
  happen: async ({ dir, keys }) => {
    await using one = await openLog(dir, { keys });
    await using two = await openLog(dir, { keys });
    const appends = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? one : two).append([event(i)]));
    await Promise.all(appends);
  },
};
