import { BATCH } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'a segment is overwritten, its version below left',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.put(BATCH, 'garbage');
  },
  want: [{ code: 'store-damaged' }],
};
