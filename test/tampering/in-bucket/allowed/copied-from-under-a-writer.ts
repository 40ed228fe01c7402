import { openLog } from '@zegel/log';
import type { BucketAllowed } from '../../lib/attack.ts';
import { event } from '../../lib/scene.ts';

export const bucketAllowed: BucketAllowed = {
  title: 'the objects are copied while a writer has the log open',
  happen: async ({ dir, keys, bucket }) => {
    await using log = await openLog(dir, { keys });
    await log.append([event(1), event(2)]);
    await bucket.elsewhere().putAll(await bucket.log.all());
  },
  where: ({ bucket }) => bucket.elsewhereUrl,
};
