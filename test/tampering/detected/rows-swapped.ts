import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'two rows of entries change places',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      db.exec(
        'UPDATE chunk SET first = 999 WHERE first = 82; UPDATE chunk SET first = 82 WHERE first = 146; UPDATE chunk SET first = 146 WHERE first = 999',
      );
    }),
  want: [
    { code: 'index-gap', index: 82 },
    { code: 'index-repeat', index: 146 },
    { code: 'prev-broken', index: 82 },
    { code: 'id-table', index: 82 },
    { code: 'root-mismatch', index: 82 },
    { code: 'tree-hash', index: 0 },
  ],
  inBucket: { counterpart: 'segments-swapped' },
};
