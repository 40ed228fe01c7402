import { checkpointKey } from '../../../s3/lib/admin.ts';
import { editObject, withSignature } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the signature of a checkpoint is cut short',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, checkpointKey(AT.singles), (bytes) =>
      withSignature(bytes.toString(), (signature) => signature.subarray(0, 40)),
    );
  },
  want: [{ code: 'signature-unknown', index: AT.batch }],
};
