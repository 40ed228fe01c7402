import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry is given the id of another one',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(AT.batch + 8, { id: loot.object(AT.batch)['id'] }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'id-repeat', index: AT.batch + 8 }],
};
