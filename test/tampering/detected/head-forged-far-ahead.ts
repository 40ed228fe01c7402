import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a head of more entries than anybody could read is put in',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.head(2 ** 52);
    }),
  want: [
    { code: 'store-damaged', index: AT.size },
    { code: 'truncated', index: AT.size },
  ],
  inBucket: {
    want: [{ code: 'store-damaged' }],
    because:
      'the newest checkpoint is the greatest that verifies: one that nobody signed is an object out of place',
  },
};
