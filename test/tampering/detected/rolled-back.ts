import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'an older copy of log.db is put back',
  holds: ['state'],
  tamper: ({ dir, older }) => {
    copyFileSync(join(older, 'log.db'), join(dir, 'log.db'));
  },
  want: [{ code: 'truncated', index: AT.kept }],
};
