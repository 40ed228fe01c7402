import type { Attack } from '../lib/attack.ts';
import { flipByte, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a byte of the key id of a signature is flipped',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      flipByte(db, 'head', 'signatures', `size = ${AT.singles}`, 2);
    }),
  want: [{ code: 'signature-unknown', index: AT.batch }],
  inBucket: { counterpart: 'checkpoint-key-id-flipped' },
};
