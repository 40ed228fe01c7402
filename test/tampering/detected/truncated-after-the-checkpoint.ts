import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the tail that the kept checkpoint does not cover is cut off with its heads',
  holds: ['state'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(AT.last);
      loot.rehead();
    }),
  want: [{ code: 'truncated', index: AT.last }],
};
