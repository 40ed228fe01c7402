import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an old entry is changed and everything signed anew with the stolen key',
  holds: ['checkpoint'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { outcome: 'denied' }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'forked', index: AT.kept - 1 }],
};
