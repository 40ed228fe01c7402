import { publish } from '@zegel/store-s3';
import type { BucketAllowed } from '../../lib/attack.ts';

export const bucketAllowed: BucketAllowed = {
  title: 'the log is published beside its segments',
  happen: async ({ dir, vkey }) => {
    await publish(dir, { vkey, bundles: true });
  },
};
