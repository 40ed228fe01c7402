import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry says an outcome that there is not',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { outcome: 'unseen' }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'malformed', index: 10 }],
};
