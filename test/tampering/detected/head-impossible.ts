import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a head has a size that no log can have',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      db.exec(
        'INSERT INTO head SELECT 9007199254740993, control, root, signatures FROM head ORDER BY size DESC LIMIT 1',
      );
    }),
  want: [{ code: 'store-damaged' }],
  inBucket: { counterpart: 'checkpoint-impossible' },
};
