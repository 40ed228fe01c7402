import { BATCH, editObject, flipped } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { LOST_BATCH } from '../../lib/lost.ts';

export const bucketAttack: BucketAttack = {
  title: 'the unpacked length of a segment is changed',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, BATCH, (bytes) => flipped(bytes, 26 + bytes.readUInt32BE(22) + 3));
  },
  ...LOST_BATCH,
};
