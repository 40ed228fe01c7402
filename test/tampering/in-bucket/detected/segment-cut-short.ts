import { BATCH, editObject } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a segment is cut in half',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, BATCH, (bytes) => bytes.subarray(0, bytes.length >> 1));
  },
  want: [{ code: 'index-gap', index: AT.batch }],
};
