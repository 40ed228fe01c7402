import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a hold is taken out and everything else computed and signed anew',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(AT.hold, 1);
      loot.rechain(0, { controls: false }).rehead(stolenKey(scene));
    }),
  want: [{ code: 'control-broken', index: AT.lifted - 1 }],
};
