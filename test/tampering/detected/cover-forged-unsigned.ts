import { appendCover, removeBodies } from '../lib/cover.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'bodies are removed and a cover for them added, without a key',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      appendCover(removeBodies(loot, 10, 12), [[10, 12]]);
    }),
  want: [{ code: 'unsigned-tail', index: AT.size }],
};
