import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, a segment has an entry less',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) => inReplica(scene, 'UPDATE segments SET count = count - 1 WHERE first = ?', AT.batch),
  want: [
    { code: 'body-missing', index: AT.batch },
    { code: 'control-broken', index: AT.registerTwo },
    { code: 'forked', index: AT.kept - 1 },
    { code: 'id-table', index: AT.singles - 1 },
    { code: 'index-gap', index: AT.singles - 1 },
    { code: 'prev-broken', index: AT.singles - 1 },
    { code: 'root-mismatch', index: AT.batch },
    { code: 'store-damaged', index: AT.batch },
    { code: 'tree-hash', index: 0 },
    { code: 'truncated', index: AT.size - 1 },
  ],
};
