import { putBack } from '../lib/put-back.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the vault of before a destruction is put back',
  holds: ['vault'],
  tamper: ({ mirror, older }) => {
    putBack(mirror, older, 'vault.db');
  },
  want: [{ code: 'handle-undead', index: AT.destroyed }],
  inBucket: { want: [], because: 'what a machine keeps of a vault is brought up to it before it is used' },
};
