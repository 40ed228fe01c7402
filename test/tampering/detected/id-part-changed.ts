import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'an id is filed under a part that it does not have',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'UPDATE id SET part = 65536 WHERE idx = ?', AT.batch + 8);
    }),
  want: [{ code: 'id-table', index: AT.batch + 8 }],
  inBucket: { counterpart: 'replica-id-part-changed' },
};
