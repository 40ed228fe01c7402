import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'two parts of an event change places',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [a, b] = [loot.entry(AT.parts + 1), loot.entry(AT.parts + 2)];
      loot.entries[AT.parts + 1] = b;
      loot.entries[AT.parts + 2] = a;
      loot.reseal(stolenKey(scene));
    }),
  want: [{ code: 'part-apart', index: AT.parts + 1 }],
};
