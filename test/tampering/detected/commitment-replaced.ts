import { sealedOf } from '../lib/sealed.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a commitment is replaced by that of another part',
  holds: ['vault'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [own, other] = [sealedOf(loot, 10), sealedOf(loot, 11)];
      loot
        .edit(10, { sealed: own.map((part, i) => ({ ...part, commit: other[i]?.commit })) })
        .reseal(stolenKey(scene));
    }),
  want: [{ code: 'commitment-wrong', index: 10 }],
};
