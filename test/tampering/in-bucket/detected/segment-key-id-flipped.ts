import { BATCH, editObject, flipped, withNote, withSignature } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a byte of the key id under a segment is flipped',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, BATCH, (bytes) =>
      withNote(bytes, (note) => withSignature(note, (signature) => flipped(signature, 2))),
    );
  },
  want: [{ code: 'index-gap', index: AT.batch }],
};
