import { otherKey } from '../../lib/loot.ts';
import { inReplica } from '../../lib/replica.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'on the machine, a stranger’s key is one of the log',
  holds: ['nothing'],
  onMachine: true,
  tamper: (scene) =>
    inReplica(scene, 'UPDATE state SET keys = json_insert(keys, ?, ?)', '$[#]', otherKey().vkey),
  want: [],
};
