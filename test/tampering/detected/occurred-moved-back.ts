import { earlier } from '../lib/time.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the time of an act is moved back, and everything signed anew',
  holds: ['checkpoint'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { occurred: earlier(loot.object(10)['occurred']) }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'forked', index: AT.kept - 1 }],
};
