import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the index claims to cover less than it does',
  holds: ['index'],
  tamper: ({ machine }) =>
    inFile(
      machine,
      (db) => {
        db.exec(`UPDATE state SET value = 100 WHERE name = 'next'`);
      },
      'index.db',
    ),
  want: [{ code: 'index-differs' }],
};
