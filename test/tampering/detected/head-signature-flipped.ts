import type { Attack } from '../lib/attack.ts';
import { flipByte, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a byte of a signature is flipped',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      flipByte(db, 'head', 'signatures', `size = ${AT.singles}`, 40);
    }),
  want: [{ code: 'signature-bad', index: AT.batch }],
  inBucket: { counterpart: 'checkpoint-signature-flipped' },
};
