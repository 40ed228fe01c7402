import { removeBodies } from '../lib/cover.ts';
import { pruneLawfully } from '../lib/prune.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a body is removed beside those that a cover names',
  holds: ['nothing'],
  tamper: async (scene) => {
    await pruneLawfully(scene);
    await rewrite(scene, (loot) => {
      removeBodies(loot, AT.cases + 5);
    });
  },
  want: [{ code: 'store-damaged' }, { code: 'body-missing', index: AT.cases + 5 }],
  inBucket: {
    want: [{ code: 'body-missing', index: AT.cases + 5 }],
    because: 'a bucket keeps no list of covers that could differ',
  },
};
