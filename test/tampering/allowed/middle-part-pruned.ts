import type { Allowed } from '../lib/attack.ts';
import { prune } from '../lib/prune.ts';
import { AT } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'the middle part of an event is pruned',
  happen: (scene) => prune(scene, [[AT.parts + 1, AT.parts + 1]]),
  pruned: 1,
};
