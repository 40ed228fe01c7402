import type { Attack } from '../lib/attack.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an outcome is changed and nothing else',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { outcome: 'denied' });
    }),
  want: [{ code: 'leaf-hash', index: 10 }],
};
