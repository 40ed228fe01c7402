import type { Allowed } from '../lib/attack.ts';
import { prune } from '../lib/prune.ts';
import { AT } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'the last part of an event is pruned',
  happen: (scene) => prune(scene, [[AT.parts + 2, AT.parts + 2]]),
  pruned: 1,
};
