import { checkpointKey } from '../../../s3/lib/admin.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the newest checkpoint is overwritten, its version below left',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.put(checkpointKey(AT.size), 'garbage');
  },
  want: [{ code: 'store-damaged' }],
};
