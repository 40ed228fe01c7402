import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a stored tree hash is filed under another place',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'UPDATE subtree SET n = 1');
    }),
  want: [{ code: 'store-damaged' }, { code: 'tree-hash', index: 0 }],
  inBucket: { counterpart: 'replica-subtree-place-changed' },
};
