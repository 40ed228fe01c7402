import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a set of the index is replaced by another one',
  holds: ['index'],
  tamper: ({ machine }) =>
    inFile(
      machine,
      (db) => {
        db.exec(
          'UPDATE chunk SET data = (SELECT data FROM chunk ORDER BY id LIMIT 1) WHERE id = (SELECT max(id) FROM chunk)',
        );
      },
      'index.db',
    ),
  want: [{ code: 'index-differs', index: 0 }],
};
