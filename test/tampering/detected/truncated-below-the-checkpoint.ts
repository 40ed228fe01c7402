import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the tail is cut off with its heads',
  holds: ['checkpoint'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(AT.cases);
      loot.rehead();
    }),
  want: [{ code: 'truncated', index: AT.cases }],
};
