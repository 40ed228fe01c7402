import type { Attack } from '../lib/attack.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'all entries and heads are taken out',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(0);
      loot.heads.splice(0);
    }),
  want: [{ code: 'genesis-missing', index: 0 }],
  inBucket: { refused: 'STORE_NOT_FOUND', because: 'a place where nothing stands has no log' },
};
