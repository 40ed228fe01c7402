import type { Attack } from '../lib/attack.ts';
import { flipByte, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a byte of a stored root is flipped',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      flipByte(db, 'head', 'root', `size = ${AT.singles}`, 3);
    }),
  want: [
    { code: 'root-mismatch', index: AT.batch },
    { code: 'signature-bad', index: AT.batch },
  ],
  inBucket: { counterpart: 'checkpoint-root-flipped' },
};
