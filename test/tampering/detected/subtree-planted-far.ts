import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a tree hash is planted far beyond the log, to stop it when it gets there',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      db.exec('INSERT INTO subtree (level, n, hash) VALUES (1, 9, zeroblob(32))');
    }),
  want: [{ code: 'store-damaged' }],
  inBucket: { counterpart: 'replica-subtree-planted-far' },
};
