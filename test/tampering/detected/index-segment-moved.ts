import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a segment of the index claims another place',
  holds: ['index'],
  tamper: ({ machine }) =>
    inFile(
      machine,
      (db) => {
        db.exec('UPDATE segment SET first = first + 1');
      },
      'index.db',
    ),
  want: [{ code: 'index-differs', index: 0 }],
};
