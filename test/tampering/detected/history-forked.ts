import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'from some entry on another history is written with the real key',
  holds: ['checkpoint'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      for (let index = 60; index < loot.size; index++)
        if (loot.object(index)['kind'] === 'access') loot.edit(index, { operation: 'other.show' });
      loot.reseal(stolenKey(scene));
    }),
  want: [{ code: 'forked', index: AT.kept - 1 }],
};
