import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a second genesis is put in',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.entries.splice(10, 0, { ...loot.entry(0) });
      loot.edit(10, { id: '0192f0a0-0000-7000-8000-000000000001', recorded: loot.object(9)['recorded'] });
      loot.reseal(stolenKey(scene));
    }),
  want: [
    { code: 'genesis-repeat', index: 10 },
    { code: 'control-broken', index: AT.registerTwo + 1 },
  ],
};
