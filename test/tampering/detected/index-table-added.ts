import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a table is added to the index',
  holds: ['index'],
  tamper: ({ machine }) =>
    inFile(
      machine,
      (db) => {
        db.exec('CREATE TABLE extra (note TEXT)');
      },
      'index.db',
    ),
  want: [{ code: 'index-differs' }],
};
