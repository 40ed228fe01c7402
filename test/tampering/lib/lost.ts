import type { BucketAttack } from './attack.ts';
import { AT } from './scene.ts';

/** What is found when the segment of 40 accesses is none any more: by a new machine, and by one that knows what stood there. */
export const LOST_BATCH: Pick<BucketAttack, 'want' | 'onWarm'> = {
  want: [
    { code: 'control-broken', index: AT.registerTwo + 1 - 40 },
    { code: 'id-table', index: AT.singles },
    { code: 'index-gap', index: AT.batch },
    { code: 'prev-broken', index: AT.batch },
    { code: 'root-mismatch', index: AT.batch },
    { code: 'store-damaged', index: AT.batch },
    { code: 'truncated', index: AT.size - 40 },
  ],
  onWarm: {
    want: [
      { code: 'body-missing', index: AT.batch },
      { code: 'store-damaged', index: AT.batch },
    ],
    because: 'the machine knows the hashes of what stood there',
  },
};
