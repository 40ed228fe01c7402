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
  want: [{ code: 'index-gap', index: AT.singles }],
};
