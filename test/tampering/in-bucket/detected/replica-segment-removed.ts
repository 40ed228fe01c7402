import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, a segment is taken out',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'DELETE FROM segments WHERE first = ?', AT.singles),
  want: [
    { code: 'control-broken', index: AT.registerTwo },
    { code: 'forked', index: AT.kept - 1 },
    { code: 'id-table', index: AT.singles },
    { code: 'index-gap', index: AT.singles },
    { code: 'prev-broken', index: AT.singles },
    { code: 'root-mismatch', index: AT.singles },
    { code: 'store-damaged', index: AT.singles },
    { code: 'tree-hash', index: 0 },
    { code: 'truncated', index: AT.size - 1 },
  ],
};
