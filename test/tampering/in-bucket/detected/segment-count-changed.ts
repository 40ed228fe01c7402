import { BATCH, editObject, withNote } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { LOST_BATCH } from '../../lib/lost.ts';

export const bucketAttack: BucketAttack = {
  title: 'the note of a segment claims an entry more than it has',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, BATCH, (bytes) => withNote(bytes, (note) => note.replace('\n40\n', '\n41\n')));
  },
  ...LOST_BATCH,
};
