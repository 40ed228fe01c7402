import { BATCH, flipped } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'a segment is overwritten by itself but for a bit',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.put(BATCH, flipped(await log.get(BATCH), -20));
  },
  want: [{ code: 'store-damaged' }],
};
