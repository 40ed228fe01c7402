import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'nothing was appended for a long time',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    await bucket?.own();
    /* whoever stops the writer need touch nothing */
  },
  want: [{ code: 'stale', index: AT.size - 1 }],
  options: { staleAfter: -60_000 },
};
