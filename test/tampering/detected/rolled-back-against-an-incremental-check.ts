import { putBack } from '../lib/put-back.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'an older copy of log.db is put back, and the verifier looks at what is new only',
  holds: ['state'],
  tamper: ({ dir, older }) => {
    putBack(dir, older, 'log.db');
  },
  want: [{ code: 'truncated', index: AT.kept }],
  options: { incremental: true },
};
