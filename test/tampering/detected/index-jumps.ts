import { encodeBase64url } from '@zegel/core';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry is given another index',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [entry, next] = [loot.object(10), loot.object(11)];
      loot.reseal(stolenKey(scene));
      loot.put(10, { ...entry, index: 12 }).rehash(10);
      loot.put(11, { ...next, prev: encodeBase64url(loot.entry(10).leaf) });
      loot.rehash(11);
      for (let i = 12; i < loot.size; i++)
        loot.edit(i, { prev: encodeBase64url(loot.entry(i - 1).leaf) }).rehash(i);
      loot.rehead(stolenKey(scene));
    }),
  want: [
    { code: 'index-gap', index: 10 },
    { code: 'index-repeat', index: 11 },
    { code: 'control-broken', index: AT.registerTwo + 1 },
  ],
};
