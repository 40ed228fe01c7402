import { putBack } from '../lib/put-back.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'an older copy of log.db is put back',
  holds: ['state'],
  tamper: ({ dir, older }) => {
    putBack(dir, older, 'log.db');
  },
  want: [{ code: 'truncated', index: AT.kept }],
};
