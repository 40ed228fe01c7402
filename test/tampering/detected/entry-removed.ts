import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry is taken out',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(10, 1);
    }),
  want: [
    { code: 'control-broken', index: AT.ended - 1 },
    { code: 'index-gap', index: 10 },
    { code: 'prev-broken', index: 10 },
    { code: 'root-mismatch', index: AT.batch },
    { code: 'truncated', index: AT.size - 1 },
  ],
  inBucket: {
    want: [
      { code: 'control-broken', index: AT.ended - 1 },
      { code: 'index-gap', index: 10 },
      { code: 'prev-broken', index: 10 },
      { code: 'root-mismatch', index: AT.batch },
      { code: 'truncated', index: AT.size - 1 },
      { code: 'store-damaged' },
    ],
    because: 'the bucket is also held to its newest signed checkpoint',
  },
};
