import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a subject is taken out of a part',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const entry = loot.object(AT.parts + 1);
      loot
        .put(AT.parts + 1, { ...entry, subjects: (entry['subjects'] as object[]).slice(1) })
        .reseal(stolenKey(scene));
    }),
  want: [{ code: 'part-unequal', index: AT.parts + 2 }],
};
