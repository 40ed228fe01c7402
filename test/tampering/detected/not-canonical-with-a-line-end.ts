import { replaceText } from '../lib/text.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry ends in a newline, which means the same',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      replaceText(loot, 10, (text) => `${text}\n`).rehead(stolenKey(scene));
    }),
  want: [{ code: 'not-canonical', index: 10 }],
};
