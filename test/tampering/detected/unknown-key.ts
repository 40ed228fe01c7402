import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a key is added to an entry',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { note: 'checked' }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'unknown-key', index: 10 }],
};
