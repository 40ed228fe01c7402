import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a checkpoint claims an entry less',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'UPDATE head SET size = size - 1 WHERE size = ?', AT.singles);
    }),
  want: [
    { code: 'root-mismatch', index: AT.batch },
    { code: 'signature-bad', index: AT.batch },
  ],
  inBucket: { counterpart: 'checkpoint-moved' },
};
