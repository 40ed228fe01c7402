import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, leaf hashes are changed',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) =>
    inReplica(scene, 'UPDATE leaves SET hashes = zeroblob(length(hashes)) WHERE first = ?', AT.singles),
  want: [],
};
