import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a part of an event is taken out',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(AT.parts + 1, 1);
      loot.reseal(stolenKey(scene));
    }),
  want: [
    { code: 'part-apart', index: AT.parts + 1 },
    { code: 'part-missing', index: AT.parts },
  ],
};
