import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, a hash of the tree is planted where the log has yet to grow',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'INSERT INTO subtrees (level, n, hash) VALUES (1, 1, zeroblob(32))'),
  want: [{ code: 'tree-hash', index: 256 }],
};
