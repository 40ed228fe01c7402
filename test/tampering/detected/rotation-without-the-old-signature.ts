import { addHead, appendKey } from '../lib/rotation.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { otherKey, rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a key takes over, and the first checkpoint that covers it lacks the signature of the old one',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [old, next] = [stolenKey(scene), otherKey()];
      appendKey(loot, old, next);
      addHead(loot, next);
    }),
  want: [{ code: 'signature-unknown', index: AT.size }],
};
