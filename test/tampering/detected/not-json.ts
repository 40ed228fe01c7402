import { replaceText } from '../lib/text.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry is cut in half',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      replaceText(loot, 10, (text) => text.slice(0, -20)).rehead(stolenKey(scene));
    }),
  want: [{ code: 'not-canonical', index: 10 }],
  inBucket: {
    want: [
      { code: 'not-canonical', index: 10 },
      { code: 'id-table', index: 10 },
    ],
    because: 'a segment has an id for each entry, whether or not its body has one',
  },
};
