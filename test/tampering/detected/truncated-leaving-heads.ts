import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the tail is cut off and the heads are left',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'DELETE FROM chunk WHERE first = 210');
    }),
  want: [{ code: 'store-damaged' }, { code: 'truncated', index: 210 }],
  inBucket: { counterpart: 'segment-last-removed' },
};
