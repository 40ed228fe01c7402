import { BATCH, editObject, flipped, withNote, withSignature } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { LOST_BATCH } from '../../lib/lost.ts';

export const bucketAttack: BucketAttack = {
  title: 'a byte of the key id under a segment is flipped',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, BATCH, (bytes) =>
      withNote(bytes, (note) => withSignature(note, (signature) => flipped(signature, 2))),
    );
  },
  ...LOST_BATCH,
};
