import { later } from '../lib/time.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a recorded time is moved forward',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { recorded: later(loot.object(10)['recorded']) }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'recorded-back', index: 11 }],
};
