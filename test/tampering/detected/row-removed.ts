import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a row of entries is taken out of the middle',
  holds: [],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'DELETE FROM chunk WHERE first = 82');
    }),
  want: [{ code: 'store-damaged', index: 82 }],
};
