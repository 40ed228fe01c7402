import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the genesis is taken out',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.shift();
      loot.edit(0, { index: 0 }).rehash(0).rechain();
      loot.heads.shift();
      for (const head of loot.heads) head.size--;
      loot.rehead(stolenKey(scene));
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
