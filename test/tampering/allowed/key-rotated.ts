import type { Allowed } from '../lib/attack.ts';
import { otherKey, rewrite, stolenKey } from '../lib/loot.ts';
import { addHead, appendHeartbeat, appendKey } from '../lib/rotation.ts';

export const allowed: Allowed = {
  title: 'the key is changed as it should be',
  happen: (scene) =>
    rewrite(scene, (loot) => {
      const [old, next] = [stolenKey(scene), otherKey()];
      appendKey(loot, old, next);
      addHead(loot, old, next);
      appendHeartbeat(loot);
      addHead(loot, next);
    }),
};
