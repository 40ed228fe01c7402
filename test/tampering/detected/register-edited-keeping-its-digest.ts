import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the register is changed and its digest left',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const entry = loot.object(AT.registerTwo);
      loot
        .put(AT.registerTwo, { ...entry, document: String(entry['document']).replace('P7Y', 'P9Y') })
        .reseal(stolenKey(scene));
    }),
  want: [{ code: 'malformed', index: AT.registerTwo }],
};
