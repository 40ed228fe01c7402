import { checkpointKey } from '../../../s3/lib/admin.ts';
import type { BucketAttack } from '../../lib/attack.ts';

export const bucketAttack: BucketAttack = {
  title: 'all checkpoints are removed for good',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    for (const { size } of bucket.pristine.loot.heads) await log.remove(checkpointKey(size));
  },
  want: [{ code: 'unsigned-tail', index: 0 }],
};
