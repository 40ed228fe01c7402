import { addHead, appendHeartbeat, appendKey } from '../lib/rotation.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { otherKey, rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a key signs on after it was retired',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [old, next] = [stolenKey(scene), otherKey()];
      appendKey(loot, old, next);
      addHead(loot, old, next);
      appendHeartbeat(loot);
      addHead(loot, old);
    }),
  want: [{ code: 'key-retired', index: AT.size + 1 }],
};
