import { swapHandles } from '../../lib/handles.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the boxes of two handles change places',
  holds: ['vault'],
  tamper: (scene) => swapHandles(scene, 'box'),
  want: [{ code: 'handle-unknown', index: AT.batch }, { code: 'store-damaged' }],
  onWarm: {
    want: [{ code: 'store-damaged' }],
    because: 'the machine still has the handle as it was sealed',
  },
};
