import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'an id is taken out of the id table, so that its event could be sent again',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'DELETE FROM id WHERE idx = ?', AT.singles);
    }),
  want: [{ code: 'id-table', index: AT.singles }],
  inBucket: { counterpart: 'replica-id-removed' },
};
