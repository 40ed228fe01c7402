import { editHandle } from '../../lib/handles.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a handle is replaced with something else',
  holds: ['vault'],
  tamper: (scene) => editHandle(scene, () => 'garbage'),
  want: [{ code: 'handle-unknown', index: AT.batch }, { code: 'store-damaged' }],
  onWarm: {
    want: [{ code: 'store-damaged' }],
    because: 'the machine still has the handle as it was sealed',
  },
};
