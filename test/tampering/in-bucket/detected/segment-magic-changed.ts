import { BATCH, editObject, flipped } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { LOST_BATCH } from '../../lib/lost.ts';

export const bucketAttack: BucketAttack = {
  title: 'the first byte of a segment is changed',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, BATCH, (bytes) => flipped(bytes, 0));
  },
  ...LOST_BATCH,
};
