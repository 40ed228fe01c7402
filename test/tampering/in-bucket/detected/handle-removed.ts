import { handleKeys } from '../../lib/handles.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a handle is removed that no entry destroyed',
  holds: ['vault'],
  tamper: async (scene) => {
    const [key = ''] = await handleKeys(scene);
    await scene.bucket.vault.hide(key);
  },
  want: [{ code: 'handle-unknown', index: AT.batch }],
};
