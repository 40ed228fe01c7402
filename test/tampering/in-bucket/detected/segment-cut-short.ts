import { BATCH, editObject } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { LOST_BATCH } from '../../lib/lost.ts';

export const bucketAttack: BucketAttack = {
  title: 'a segment is cut in half',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, BATCH, (bytes) => bytes.subarray(0, bytes.length >> 1));
  },
  ...LOST_BATCH,
};
