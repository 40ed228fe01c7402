import { removeBodies } from '../lib/cover.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a body is removed and nobody covers it',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      removeBodies(loot, 10);
    }),
  want: [{ code: 'body-missing', index: 10 }],
};
