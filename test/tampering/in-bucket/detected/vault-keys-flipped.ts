import { editObject, flipped } from '../../lib/edit-object.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'a letter of the keys of the vault is changed',
  holds: ['vault'],
  tamper: async ({ bucket }) => {
    await bucket.ownVault();
    await editObject(bucket.vault, 'vault/keys', (bytes) => flipped(bytes, 40));
  },
  want: [],
  refused: 'VAULT_DAMAGED',
};
