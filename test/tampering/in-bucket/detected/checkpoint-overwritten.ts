import { checkpointKey } from '../../../s3/lib/admin.ts';
import { editObject } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a checkpoint is replaced with something else',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, checkpointKey(AT.singles), () => 'garbage');
  },
  want: [{ code: 'store-damaged' }],
};
