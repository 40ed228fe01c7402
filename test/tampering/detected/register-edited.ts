import { sha256Base64url } from '@zegel/core';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a field is taken out of the register and everything signed anew',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const entry = loot.object(AT.registerOne);
      const document = String(entry['document']).replaceAll(',"email"]', ']');
      const digest = sha256Base64url(Buffer.from(document));
      loot.put(AT.registerOne, { ...entry, document, digest }).reseal(stolenKey(scene));
    }),
  want: [{ code: 'register-unknown', index: AT.batch }],
};
