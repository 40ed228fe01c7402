import { BATCH, editObject, flipped } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the first byte of a segment is changed',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, BATCH, (bytes) => flipped(bytes, 0));
  },
  want: [{ code: 'index-gap', index: AT.batch }],
};
