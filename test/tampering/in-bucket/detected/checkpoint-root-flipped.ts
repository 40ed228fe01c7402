import { checkpointKey } from '../../../s3/lib/admin.ts';
import { editObject, withRoot } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a letter of the root of a checkpoint is changed',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, checkpointKey(AT.singles), (bytes) => withRoot(bytes.toString()));
  },
  want: [
    { code: 'root-mismatch', index: AT.batch },
    { code: 'signature-bad', index: AT.batch },
  ],
};
