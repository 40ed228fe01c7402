import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, a hash of the tree is planted far beyond the log',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'INSERT INTO subtrees (level, n, hash) VALUES (1, 9, zeroblob(32))'),
  want: [],
};
