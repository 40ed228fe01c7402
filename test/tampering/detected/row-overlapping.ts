import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a row of entries lies over another one',
  holds: [],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      db.exec('INSERT INTO chunk SELECT 100, count, size, crc, hashes, body FROM chunk WHERE first = 82');
    }),
  want: [{ code: 'store-damaged', index: 100 }],
};
