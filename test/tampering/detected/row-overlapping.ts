import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a row of entries lies over another one',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      db.exec('INSERT INTO chunk SELECT 100, count, size, crc, hashes, body FROM chunk WHERE first = 82');
    }),
  want: [
    { code: 'store-damaged', index: 100 },
    { code: 'id-repeat', index: 100 },
    { code: 'index-repeat', index: 146 },
    { code: 'prev-broken', index: 146 },
    { code: 'root-mismatch', index: 82 },
    { code: 'tree-hash', index: 0 },
    { code: 'unsigned-tail', index: AT.size },
  ],
  inBucket: { counterpart: 'segment-planted-amid' },
};
