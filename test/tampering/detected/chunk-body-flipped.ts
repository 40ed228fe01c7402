import type { Attack } from '../lib/attack.ts';
import { flipByte, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a byte of the packed entries is flipped, so that they do not unpack',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      flipByte(db, 'chunk', 'body', `first = ${AT.batch}`, 0);
    }),
  want: [
    { code: 'store-damaged', index: AT.batch },
    { code: 'body-missing', index: AT.batch },
  ],
  inBucket: { counterpart: 'segment-body-flipped' },
};
