import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the checksum of a row is changed',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'UPDATE chunk SET crc = crc + 1 WHERE first = ?', AT.batch);
    }),
  want: [{ code: 'store-damaged', index: AT.batch }],
  inBucket: { none: 'a segment has no checksum but the root that is signed' },
};
