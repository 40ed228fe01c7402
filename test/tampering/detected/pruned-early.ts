import { appendCover, removeBodies } from '../lib/cover.ts';
import { earlier } from '../lib/time.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'bodies are removed before the cutoff of their own cover',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      appendCover(removeBodies(loot, 100, 110), [[100, 110]], {
        cutoff: earlier(loot.object(loot.size - 1)['recorded']),
      }).rehead(stolenKey(scene));
    }),
  want: [{ code: 'pruned-early', index: 100 }],
};
