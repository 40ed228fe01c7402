import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a row of entries is taken out of the middle',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'DELETE FROM chunk WHERE first = 82');
    }),
  want: [
    { code: 'store-damaged', index: 82 },
    { code: 'id-table', index: 82 },
    { code: 'index-gap', index: 82 },
    { code: 'prev-broken', index: 82 },
    { code: 'truncated', index: AT.size - 64 },
  ],
  inBucket: { counterpart: 'segment-removed' },
};
