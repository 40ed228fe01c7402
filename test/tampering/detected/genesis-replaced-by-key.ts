import type { Attack } from '../lib/attack.ts';
import { otherKey, rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the log is made anew under its name with another key',
  holds: ['vkey'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(0, { vkey: otherKey().vkey }).rehash(0).reseal(otherKey());
    }),
  want: [{ code: 'signature-unknown', index: 0 }],
};
