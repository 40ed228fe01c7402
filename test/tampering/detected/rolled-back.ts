import { putLogBack } from '../lib/put-back.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the log of before is put back',
  holds: ['state'],
  tamper: putLogBack,
  want: [{ code: 'truncated', index: AT.kept }],
};
