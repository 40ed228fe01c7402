import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a row claims an entry more than it has',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'UPDATE chunk SET count = count + 1 WHERE first = ?', AT.batch);
    }),
  want: [
    { code: 'store-damaged', index: AT.batch },
    { code: 'body-missing', index: AT.batch },
  ],
  inBucket: { counterpart: 'segment-count-changed' },
};
