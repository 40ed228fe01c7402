import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { otherKey, rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the log is made anew under its name with another key',
  holds: ['checkpoint'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(0, { vkey: otherKey().vkey }).rehash(0).reseal(otherKey());
    }),
  want: [{ code: 'forked', index: AT.kept - 1 }],
};
