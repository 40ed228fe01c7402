import { LAST } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the last segment is removed for good and its checkpoint left',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.remove(LAST);
  },
  want: [{ code: 'store-damaged' }, { code: 'truncated', index: AT.last }],
};
