import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a mention keeps its pointer and refers to somebody else',
  holds: ['vault'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const subjects = loot.object(10)['subjects'] as { ref: string }[];
      const ref = 'A'.repeat(43);
      loot.edit(10, { subjects: subjects.map((one) => ({ ...one, ref })) }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'mention-unopened', index: 10 }],
};
