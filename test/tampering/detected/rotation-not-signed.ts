import { addHead, appendKey } from '../lib/rotation.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { otherKey, rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a key takes over that the key in force has not signed',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [old, next] = [stolenKey(scene), otherKey()];
      appendKey(loot, next, next);
      addHead(loot, old, next);
    }),
  want: [{ code: 'signature-bad', index: AT.size }],
};
