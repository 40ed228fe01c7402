import type { Allowed } from '../lib/attack.ts';
import { prune } from '../lib/prune.ts';
import { AT } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'the first part of an event is pruned',
  happen: (scene) => prune(scene, [[AT.parts + 0, AT.parts + 0]]),
  pruned: 1,
};
