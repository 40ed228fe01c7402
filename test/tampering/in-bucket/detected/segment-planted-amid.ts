import { segmentKey } from '../../../s3/lib/admin.ts';
import { LAST } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'a segment is put amid the entries of another one',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.put(segmentKey(100), await log.get(LAST));
  },
  want: [{ code: 'store-damaged' }],
};
