import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'an object is put among the segments that no log has there',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.put('seg/zzz', 'garbage');
  },
  want: [{ code: 'store-damaged' }],
};
