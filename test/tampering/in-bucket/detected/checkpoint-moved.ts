import { checkpointKey } from '../../../s3/lib/admin.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a checkpoint is moved to the key of an entry less',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    const key = checkpointKey(AT.singles);
    await log.put(checkpointKey(AT.singles - 1), await log.get(key));
    await log.remove(key);
  },
  want: [{ code: 'store-damaged' }],
};
