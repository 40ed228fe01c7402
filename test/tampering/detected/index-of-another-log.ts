import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the index is made to claim another log',
  holds: ['index'],
  tamper: ({ machine }) =>
    inFile(
      machine,
      (db) => {
        change(db, `UPDATE state SET value = 'elsewhere.example/audit' WHERE name = 'origin'`);
      },
      'index.db',
    ),
  want: [{ code: 'index-differs' }],
};
