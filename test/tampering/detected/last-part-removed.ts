import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the last part of an event is taken out',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(AT.parts + 2, 1);
      loot.reseal(stolenKey(scene));
    }),
  want: [{ code: 'part-missing', index: AT.parts }],
};
