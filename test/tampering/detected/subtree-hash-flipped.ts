import type { Attack } from '../lib/attack.ts';
import { flipByte, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a byte of a stored tree hash is flipped',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      flipByte(db, 'subtree', 'hash', 'level = 1 AND n = 0', 9);
    }),
  want: [{ code: 'tree-hash', index: 0 }],
  inBucket: { counterpart: 'replica-subtree-flipped' },
};
