import { appendCover, removeBodies } from '../lib/cover.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a cover for removed bodies is put in at an earlier place, and everything signed anew',
  holds: ['checkpoint'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      appendCover(removeBodies(loot, 10, 12), [[10, 12]]);
      const [cover] = loot.entries.splice(-1);
      if (cover !== undefined) loot.entries.splice(60, 0, cover);
      loot
        .edit(60, { recorded: loot.object(59)['recorded'], cutoff: loot.object(59)['recorded'] })
        .reseal(stolenKey(scene));
    }),
  want: [{ code: 'forked', index: AT.kept - 1 }],
};
