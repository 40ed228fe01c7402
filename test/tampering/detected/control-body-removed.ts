import { appendCover, removeBodies } from '../lib/cover.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the body of a hold is removed under a cover that names it',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      appendCover(removeBodies(loot, AT.hold), [[AT.hold, AT.hold]]).rehead(stolenKey(scene));
    }),
  want: [{ code: 'control-broken', index: AT.hold }],
};
