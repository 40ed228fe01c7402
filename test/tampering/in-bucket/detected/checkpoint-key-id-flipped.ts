import { checkpointKey } from '../../../s3/lib/admin.ts';
import { editObject, flipped, withSignature } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a byte of the key id of a checkpoint is flipped',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, checkpointKey(AT.singles), (bytes) =>
      withSignature(bytes.toString(), (signature) => flipped(signature, 2)),
    );
  },
  want: [{ code: 'signature-unknown', index: AT.batch }],
};
