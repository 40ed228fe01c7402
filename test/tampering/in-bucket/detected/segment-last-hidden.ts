import { checkpointKey } from '../../../s3/lib/admin.ts';
import { LAST } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the last segment and its checkpoint are hidden behind delete markers',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.hide(LAST);
    await log.hide(checkpointKey(AT.size));
  },
  want: [{ code: 'store-damaged' }],
};
