import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, a segment has another root',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'UPDATE segments SET root = zeroblob(32) WHERE first = ?', AT.singles),
  want: [],
};
