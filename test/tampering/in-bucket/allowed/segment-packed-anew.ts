import type { BucketAllowed } from '../../lib/attack.ts';
import { BATCH, editObject, flipped } from '../../lib/edit-object.ts';

export const bucketAllowed: BucketAllowed = {
  title: 'a segment is put anew with another nonce, which says nothing',
  happen: ({ bucket }) => editObject(bucket.log, BATCH, (bytes) => flipped(bytes, 10)),
};
