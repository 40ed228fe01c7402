import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, an id is filed under a part that it does not have',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'UPDATE ids SET part = 65536 WHERE idx = ?', AT.batch + 8),
  want: [{ code: 'id-table', index: AT.batch + 8 }],
};
