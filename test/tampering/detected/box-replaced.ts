import { sealedOf } from '../lib/sealed.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a sealed box is replaced by another one of its activity',
  holds: ['vault'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [own, other] = [sealedOf(loot, 10), sealedOf(loot, 11)];
      loot
        .edit(10, { sealed: own.map((part, i) => ({ ...part, box: other[i]?.box })) })
        .reseal(stolenKey(scene));
    }),
  want: [{ code: 'commitment-wrong', index: 10 }],
};
