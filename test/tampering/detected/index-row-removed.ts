import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a set of the index is taken out',
  holds: ['index'],
  tamper: ({ machine }) =>
    inFile(
      machine,
      (db) => {
        change(db, 'DELETE FROM chunk WHERE id = (SELECT max(id) FROM chunk)');
      },
      'index.db',
    ),
  want: [{ code: 'index-differs', index: 0 }],
};
