import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the heads of the tail are taken out and its entries left',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.heads = loot.heads.filter(({ size }) => size <= AT.last);
    }),
  want: [{ code: 'unsigned-tail', index: AT.last }],
};
