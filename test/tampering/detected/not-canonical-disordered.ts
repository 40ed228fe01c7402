import { replaceText } from '../lib/text.ts';
import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry has its keys in another order, which means the same',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      replaceText(loot, 10, (text) => text.replace(',"v":1}', '}').replace('{', '{"v":1,')).rehead(
        stolenKey(scene),
      );
    }),
  want: [{ code: 'not-canonical', index: 10 }],
};
