import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a tree hash is planted where the log has yet to grow',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      db.exec('INSERT INTO subtree (level, n, hash) VALUES (1, 1, zeroblob(32))');
    }),
  want: [{ code: 'store-damaged' }, { code: 'tree-hash', index: 256 }],
  inBucket: { counterpart: 'replica-subtree-planted' },
};
