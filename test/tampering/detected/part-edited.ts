import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'one part of an event says another outcome',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(AT.parts + 1, { outcome: 'denied' }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'part-unequal', index: AT.parts + 1 }],
};
