import type { Attack } from '../lib/attack.ts';
import { otherKey, rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'everything is computed anew and signed with another key',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { outcome: 'denied' }).reseal(otherKey());
    }),
  want: [{ code: 'signature-unknown', index: 0 }],
};
