import type { BucketAllowed } from '../../lib/attack.ts';
import { BATCH, editObject } from '../../lib/edit-object.ts';

export const bucketAllowed: BucketAllowed = {
  title: 'bytes follow the packed entries of a segment, which are not read and say nothing',
  happen: ({ bucket }) =>
    editObject(bucket.log, BATCH, (bytes) => Buffer.concat([bytes, Buffer.alloc(100, 'x')])),
};
