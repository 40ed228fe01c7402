import { segmentKey } from '../../../s3/lib/admin.ts';
import { editObject } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the first segment is replaced with something else',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await editObject(log, segmentKey(AT.genesis), () => 'garbage');
  },
  want: [{ code: 'store-damaged' }],
  onWarm: {
    want: [
      { code: 'body-missing', index: AT.genesis },
      { code: 'control-broken', index: AT.registerOne },
      { code: 'genesis-missing', index: AT.genesis },
      { code: 'register-version', index: AT.batch },
      { code: 'signature-unknown', index: AT.genesis },
      { code: 'store-damaged', index: AT.genesis },
    ],
    because: 'the machine knows the keys that its genesis named',
  },
};
