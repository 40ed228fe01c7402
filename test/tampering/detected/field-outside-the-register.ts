import type { Attack } from '../lib/attack.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an entry says a field that its activity does not have',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { fields: ['iban'] }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'register-unknown', index: 10 }],
};
