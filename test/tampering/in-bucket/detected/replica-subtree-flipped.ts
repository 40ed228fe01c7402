import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, a hash of the tree is changed',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'UPDATE subtrees SET hash = zeroblob(32)'),
  want: [],
};
