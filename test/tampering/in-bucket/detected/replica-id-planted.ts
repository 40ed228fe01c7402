import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, an id of an event to come is planted',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) =>
    inReplica(scene, 'INSERT INTO ids (id, part, idx) VALUES (zeroblob(16), 0, ?)', AT.size + 500),
  want: [{ code: 'id-table', index: AT.size }],
};
