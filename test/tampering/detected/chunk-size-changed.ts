import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the unpacked length of a row is changed',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'UPDATE chunk SET size = size + 1 WHERE first = ?', AT.batch);
    }),
  want: [
    { code: 'store-damaged', index: AT.batch },
    { code: 'body-missing', index: AT.batch },
  ],
  inBucket: { counterpart: 'segment-length-changed' },
};
