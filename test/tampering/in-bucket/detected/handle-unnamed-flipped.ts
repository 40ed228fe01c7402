import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'a handle is changed that no entry names',
  holds: ['vault'],
  tamper: async ({ bucket }) => {
    await bucket.ownVault();
    await bucket.vault.put(`handle/${'0'.repeat(32)}`, '{}');
  },
  want: [{ code: 'store-damaged' }],
};
