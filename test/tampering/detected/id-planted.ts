import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'an id of a future event is planted in the id table, so that it will count as logged',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      db.exec(`INSERT INTO id (id, part, idx) VALUES (zeroblob(16), 0, ${AT.size + 500})`);
    }),
  want: [{ code: 'id-table', index: AT.size }],
  inBucket: { counterpart: 'replica-id-planted' },
};
