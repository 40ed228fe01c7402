import { earlier } from '../lib/time.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a recorded time is moved back',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { recorded: earlier(loot.object(10)['recorded']) }).reseal(stolenKey(scene));
    }),
  want: [
    { code: 'recorded-back', index: 10 },
    { code: 'occurred-after', index: 10 },
  ],
};
