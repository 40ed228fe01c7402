import { appendCover, removeBodies } from '../lib/cover.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'bodies are removed while a hold is in force',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(AT.lifted, 1);
      loot.rechain();
      appendCover(removeBodies(loot, 10, 12), [[10, 12]]).rehead(stolenKey(scene));
    }),
  want: [{ code: 'pruned-hold', index: 10 }],
};
