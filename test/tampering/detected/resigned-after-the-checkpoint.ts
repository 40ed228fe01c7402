import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry that the kept checkpoint does not cover is changed, and everything signed anew',
  holds: ['state'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(100, { outcome: 'denied' }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'forked', index: AT.size - 1 }],
};
