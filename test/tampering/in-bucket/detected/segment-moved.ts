import { segmentKey } from '../../../s3/lib/admin.ts';
import { LAST } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the last segment is moved to another key',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.put(segmentKey(AT.last + 1), await log.get(LAST));
    await log.remove(LAST);
  },
  want: [{ code: 'store-damaged' }, { code: 'truncated', index: AT.last }],
};
