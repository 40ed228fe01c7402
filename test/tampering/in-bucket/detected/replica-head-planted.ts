import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, there is a checkpoint of more entries than there are',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) =>
    inReplica(scene, 'INSERT INTO heads SELECT 5000, root, signatures FROM heads WHERE size = ?', AT.size),
  want: [],
};
