import { appendCover, removeBodies } from '../lib/cover.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the body of the genesis is removed under a cover',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      appendCover(removeBodies(loot, 0), [[0, 0]]).rehead(stolenKey(scene));
    }),
  want: [
    { code: 'genesis-missing', index: 0 },
    { code: 'control-broken', index: 0 },
  ],
  inBucket: {
    want: [{ code: 'store-damaged' }],
    because: 'without its genesis nothing in the bucket says which key signs: there is no log to be told',
  },
};
