import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry is put in between',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const entry = loot.object(10);
      entry['id'] = '0192f0a0-0000-7000-8000-000000000001';
      loot.entries.splice(10, 0, { bytes: undefined, leaf: new Uint8Array(32) });
      loot.put(10, entry).rehash(10);
    }),
  want: [
    { code: 'control-broken', index: AT.ended + 1 },
    { code: 'index-repeat', index: 11 },
    { code: 'prev-broken', index: 11 },
    { code: 'root-mismatch', index: AT.batch },
    { code: 'unsigned-tail', index: AT.size },
  ],
};
