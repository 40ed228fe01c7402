import type { BucketAllowed } from '../../lib/attack.ts';

export const bucketAllowed: BucketAllowed = {
  title: 'the objects are copied to another place',
  happen: async ({ bucket }) => {
    await bucket.elsewhere().putAll(await bucket.log.all());
  },
  where: ({ bucket }) => bucket.elsewhereUrl,
};
