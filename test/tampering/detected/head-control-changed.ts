import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a head points to another control entry',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'UPDATE head SET control = 0 WHERE size = ?', AT.singles);
    }),
  want: [{ code: 'store-damaged', index: AT.registerOne }],
  inBucket: { none: 'a checkpoint in a bucket names no control entry' },
};
