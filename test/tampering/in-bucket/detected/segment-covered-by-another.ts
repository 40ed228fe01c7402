import { BATCH, LAST } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'a segment is overwritten by another one of the log',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.put(BATCH, await log.get(LAST));
  },
  want: [{ code: 'store-damaged' }],
};
