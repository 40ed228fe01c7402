import { segmentKey } from '../../../s3/lib/admin.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'something is put at the key to come',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.put(segmentKey(AT.size), 'garbage');
  },
  want: [{ code: 'store-damaged' }],
};
