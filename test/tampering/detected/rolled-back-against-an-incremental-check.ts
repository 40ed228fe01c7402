import { putLogBack } from '../lib/put-back.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the log of before is put back, and the verifier looks at what is new only',
  holds: ['state'],
  tamper: putLogBack,
  want: [{ code: 'truncated', index: AT.kept }],
  options: { incremental: true },
};
