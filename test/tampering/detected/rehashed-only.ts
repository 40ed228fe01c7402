import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an action is changed and the hash of its entry computed anew',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { action: 'disclose' }).rehash(10);
    }),
  want: [
    { code: 'prev-broken', index: 11 },
    { code: 'root-mismatch', index: AT.batch },
  ],
  inBucket: {
    want: [
      { code: 'prev-broken', index: 11 },
      { code: 'root-mismatch', index: AT.batch },
      { code: 'store-damaged' },
    ],
    because: 'the bucket is also held to its newest signed checkpoint',
  },
};
