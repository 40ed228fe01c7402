import { checkpointKey } from '../../../s3/lib/admin.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a checkpoint is put at a size that no log can have',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.put('checkpoint/9007199254740993', await log.get(checkpointKey(AT.size)));
  },
  want: [{ code: 'store-damaged' }],
};
