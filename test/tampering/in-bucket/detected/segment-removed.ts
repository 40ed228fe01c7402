import { segmentKey } from '../../../s3/lib/admin.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a segment is removed from the middle for good',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    await log.remove(segmentKey(AT.singles));
  },
  want: [
    { code: 'control-broken', index: AT.registerTwo },
    { code: 'id-table', index: AT.singles + 1 },
    { code: 'index-gap', index: AT.singles },
    { code: 'prev-broken', index: AT.singles },
    { code: 'root-mismatch', index: AT.singles },
    { code: 'store-damaged', index: AT.singles },
    { code: 'tree-hash', index: 0 },
    { code: 'truncated', index: AT.size - 1 },
  ],
  onWarm: {
    want: [
      { code: 'body-missing', index: AT.singles },
      { code: 'store-damaged', index: AT.singles },
    ],
    because: 'the machine knows the hashes of what stood there',
  },
};
