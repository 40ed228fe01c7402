import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'two entries change places, with their hashes',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [a, b] = [loot.entry(10), loot.entry(11)];
      loot.entries[10] = b;
      loot.entries[11] = a;
    }),
  want: [
    { code: 'index-gap', index: 10 },
    { code: 'index-repeat', index: 11 },
    { code: 'prev-broken', index: 10 },
    { code: 'root-mismatch', index: AT.batch },
  ],
  inBucket: {
    want: [
      { code: 'index-gap', index: 10 },
      { code: 'index-repeat', index: 11 },
      { code: 'prev-broken', index: 10 },
      { code: 'root-mismatch', index: AT.batch },
      { code: 'store-damaged' },
    ],
    because: 'the bucket is also held to its newest signed checkpoint',
  },
};
