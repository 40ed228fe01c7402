import { segmentKey } from '../../../s3/lib/admin.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'two segments change places',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    const [a, b] = [segmentKey(AT.singles), segmentKey(AT.singles + 1)];
    const [one, two] = [await log.get(a), await log.get(b)];
    await log.replace(a, two);
    await log.replace(b, one);
  },
  want: [
    { code: 'control-broken', index: AT.registerTwo - 1 },
    { code: 'id-table', index: AT.singles + 2 },
    { code: 'index-gap', index: AT.singles },
    { code: 'prev-broken', index: AT.singles },
    { code: 'root-mismatch', index: AT.singles },
    { code: 'store-damaged', index: AT.singles },
    { code: 'tree-hash', index: 0 },
    { code: 'truncated', index: AT.size - 2 },
  ],
  onWarm: {
    want: [
      { code: 'body-missing', index: AT.singles },
      { code: 'store-damaged', index: AT.singles },
    ],
    because: 'the machine knows the hashes of what stood there',
  },
};
