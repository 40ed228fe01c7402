import { later } from '../lib/time.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the time of an act is moved forward',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { occurred: later(loot.object(10)['occurred']) }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'occurred-after', index: 10 }],
};
