import { flipped } from '../../lib/edit-object.ts';
import { editHandle } from '../../lib/handles.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a letter of the box of a handle is changed',
  holds: ['vault'],
  tamper: (scene) =>
    editHandle(scene, (handle) => ({
      ...handle,
      box: flipped(Buffer.from(String(handle['box']), 'base64url'), 20).toString('base64url'),
    })),
  want: [{ code: 'handle-unknown', index: AT.batch }, { code: 'store-damaged' }],
  onWarm: {
    want: [{ code: 'store-damaged' }],
    because: 'the machine still has the handle as it was sealed',
  },
};
