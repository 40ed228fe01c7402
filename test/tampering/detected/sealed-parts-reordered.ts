import { sealedOf } from '../lib/sealed.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'two sealed parts of an entry change places',
  holds: ['vault'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { sealed: sealedOf(loot, 10).toReversed() }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'commitment-wrong', index: 10 }],
};
