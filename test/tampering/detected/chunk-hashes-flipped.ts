import type { Attack } from '../lib/attack.ts';
import { flipByte, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a byte of a stored leaf hash is flipped',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      flipByte(db, 'chunk', 'hashes', `first = ${AT.batch}`, 8 * 32 + 5);
    }),
  want: [
    { code: 'leaf-hash', index: AT.batch + 8 },
    { code: 'prev-broken', index: AT.batch + 9 },
    { code: 'root-mismatch', index: AT.batch },
    { code: 'tree-hash', index: 0 },
  ],
  inBucket: { counterpart: 'segment-pruned-leaf-flipped' },
};
