import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'an operation is renamed in the index',
  holds: ['index'],
  tamper: ({ machine }) =>
    inFile(
      machine,
      (db) => {
        change(db, `UPDATE term SET value = 'other.show' WHERE value = 'customer.show'`);
      },
      'index.db',
    ),
  want: [{ code: 'index-differs', index: AT.batch }],
};
