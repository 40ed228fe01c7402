import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a destroyed handle is put back',
  holds: ['vault'],
  tamper: async ({ bucket }) => {
    await bucket.ownVault();
    for (const [key, body] of bucket.pristine.older.vault)
      if (!bucket.pristine.vault.has(key)) await bucket.vault.put(key, body);
  },
  want: [{ code: 'handle-undead', index: AT.destroyed }],
};
