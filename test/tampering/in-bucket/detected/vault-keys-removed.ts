import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'the keys of the vault are removed',
  holds: ['vault'],
  tamper: async ({ bucket }) => {
    await bucket.ownVault();
    await bucket.vault.hide('vault/keys');
  },
  want: [],
  refused: 'VAULT_MISSING',
};
