import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an outcome is changed and every hash after it computed anew, but nothing signed',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { outcome: 'denied' }).reseal();
    }),
  want: [{ code: 'signature-bad', index: AT.batch }],
};
