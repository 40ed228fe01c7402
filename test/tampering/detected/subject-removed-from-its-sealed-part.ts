import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a subject is taken out of an entry whose sealed part is about them',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { subjects: [], subjectCount: 0 }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'malformed', index: 10 }],
};
