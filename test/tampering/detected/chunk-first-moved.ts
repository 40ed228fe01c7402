import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the last row of entries is given another place',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'UPDATE chunk SET first = first + 1 WHERE first = 210');
    }),
  want: [{ code: 'store-damaged', index: 210 }],
  inBucket: { counterpart: 'segment-moved' },
};
