import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, an id leads to another entry',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'UPDATE ids SET idx = idx + 1 WHERE idx = ?', AT.batch + 8),
  want: [{ code: 'id-table', index: AT.batch + 8 }],
};
