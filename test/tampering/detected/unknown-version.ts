import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry claims a version of the format that there is not',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { v: 2 }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'unknown-version', index: 10 }],
};
