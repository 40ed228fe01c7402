import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, an id is taken out',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'DELETE FROM ids WHERE idx = ?', AT.singles),
  want: [{ code: 'id-table', index: AT.singles }],
};
