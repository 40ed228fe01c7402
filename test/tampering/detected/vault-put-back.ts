import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the vault of before a destruction is put back',
  holds: ['vault'],
  tamper: ({ dir, older }) => {
    copyFileSync(join(older, 'vault.db'), join(dir, 'vault.db'));
  },
  want: [{ code: 'handle-undead', index: AT.destroyed }],
};
