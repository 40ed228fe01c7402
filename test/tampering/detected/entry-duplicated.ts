import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry is put in twice',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(10, 0, { ...loot.entry(10) });
    }),
  want: [
    { code: 'control-broken', index: AT.ended + 1 },
    { code: 'index-repeat', index: 11 },
    { code: 'id-repeat', index: 11 },
    { code: 'prev-broken', index: 11 },
    { code: 'root-mismatch', index: AT.batch },
    { code: 'unsigned-tail', index: AT.size },
  ],
};
