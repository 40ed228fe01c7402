import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'the vault of before a destruction is put back, object by object',
  holds: ['vault'],
  tamper: async ({ bucket }) => {
    await bucket.ownVault();
    await bucket.vault.clear();
    await bucket.vault.putAll(bucket.pristine.older.vault);
  },
  want: [{ code: 'handle-undead', index: AT.destroyed }],
};
