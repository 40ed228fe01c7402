import { BATCH, editObject } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'bytes are appended to a segment',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, BATCH, (bytes) => Buffer.concat([bytes, Buffer.alloc(100, 'x')]));
  },
  want: [{ code: 'index-gap', index: AT.batch }],
};
