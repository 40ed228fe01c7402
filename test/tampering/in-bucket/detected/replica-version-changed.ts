import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, a segment is a version that there is not',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'UPDATE segments SET version = ? WHERE first = ?', 'none', AT.singles),
  want: [],
};
