import { BATCH } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'a segment is hidden behind a delete marker',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.hide(BATCH);
  },
  want: [{ code: 'store-damaged' }],
};
