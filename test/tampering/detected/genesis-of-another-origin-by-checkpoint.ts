import { genesisPrev } from '@zegel/core';
import type { Attack } from '../lib/attack.ts';
import { otherKey, rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the log is exchanged for one of another name',
  holds: ['checkpoint'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const key = otherKey('elsewhere.example/audit');
      const prev = genesisPrev(key.name);
      loot.edit(0, { origin: key.name, vkey: key.vkey, prev }).rehash(0).reseal(key);
    }),
  want: [{ code: 'genesis-origin', index: 0 }],
};
