import { replaceText } from '../lib/text.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry says a letter by its number, which means the same',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      replaceText(loot, 10, (text) =>
        text.replace('"read"', '"\\u0072ead"').replace('"update"', '"\\u0075pdate"'),
      ).rehead(stolenKey(scene));
    }),
  want: [{ code: 'not-canonical', index: 10 }],
};
