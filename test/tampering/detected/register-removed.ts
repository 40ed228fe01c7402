import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a version of the register is taken out and everything signed anew',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(AT.registerTwo, 1);
      loot.reseal(stolenKey(scene));
    }),
  want: [{ code: 'register-version', index: AT.ended + 1 - 1 }],
};
