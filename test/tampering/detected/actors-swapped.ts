import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the actors of two entries change places',
  holds: ['vault'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [a, b] = [loot.object(10)['actor'], loot.object(11)['actor']];
      loot.edit(10, { actor: b }).edit(11, { actor: a }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'handle-unknown', index: 10 }],
};
