import { checkpointKey } from '../../../s3/lib/admin.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the newest checkpoint is hidden behind a delete marker',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.hide(checkpointKey(AT.size));
  },
  want: [{ code: 'store-damaged' }],
};
