import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, an id is changed',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'UPDATE ids SET id = zeroblob(16) WHERE idx = ?', AT.batch + 8),
  want: [{ code: 'id-table', index: AT.batch + 8 }],
};
