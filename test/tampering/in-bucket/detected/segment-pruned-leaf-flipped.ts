import { decodeUnverified, encodePruned } from '@zegel/store-s3';
import { segmentKey } from '../../../s3/lib/admin.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { editObject, flipped } from '../../lib/edit-object.ts';
import { pruneLawfully } from '../../lib/prune.ts';
import { AT } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a byte of the leaf hash is flipped that stands for a pruned body',
  holds: ['nothing'],
  tamper: async (scene) => {
    await pruneLawfully(scene);
    await editObject(scene.bucket.log, segmentKey(AT.cases), (bytes) => {
      const segment = decodeUnverified(bytes);
      if (segment.kind === 'problem') throw new Error(segment.reason);
      const leafHashes = flipped(segment.leafHashes, 5);
      return encodePruned({ ...segment, leafHashes }, () => false, new Uint8Array(16));
    });
  },
  want: [
    { code: 'control-broken', index: AT.cases + 1 },
    { code: 'id-table', index: AT.kept },
    { code: 'index-gap', index: AT.cases },
    { code: 'prev-broken', index: AT.cases },
    { code: 'root-mismatch', index: AT.cases },
    { code: 'store-damaged', index: AT.cases },
    { code: 'truncated', index: AT.size + 2 - (AT.kept - AT.cases) },
  ],
  onWarm: {
    want: [
      { code: 'body-missing', index: AT.cases },
      { code: 'store-damaged', index: AT.cases },
    ],
    because: 'the machine knows the hashes of what stood there',
  },
};
