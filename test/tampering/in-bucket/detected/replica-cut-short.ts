import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, the log ends earlier',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'UPDATE state SET next = ?', AT.last),
  want: [
    { code: 'id-repeat', index: AT.last },
    { code: 'index-repeat', index: AT.size },
    { code: 'prev-broken', index: AT.size },
    { code: 'store-damaged', index: AT.last },
    { code: 'tree-hash', index: 256 },
    { code: 'unsigned-tail', index: AT.size },
  ],
};
