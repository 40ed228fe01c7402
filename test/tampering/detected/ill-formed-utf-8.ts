import { replaceText } from '../lib/text.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a letter of an entry is no UTF-8',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      replaceText(loot, 10, (text) => text.replace('dashboard', 'dashb\u00fcard'), 'latin1').rehead(
        stolenKey(scene),
      );
    }),
  want: [{ code: 'not-canonical', index: 10 }],
};
