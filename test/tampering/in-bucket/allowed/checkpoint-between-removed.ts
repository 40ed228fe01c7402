import { checkpointKey } from '../../../s3/lib/admin.ts';
import type { BucketAllowed } from '../../lib/attack.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAllowed: BucketAllowed = {
  title: 'a checkpoint is not there that later ones cover',
  happen: ({ bucket }) => bucket.log.remove(checkpointKey(AT.singles)),
};
