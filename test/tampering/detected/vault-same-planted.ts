import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a row is planted among the events that the vault remembers',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        change(db, 'INSERT INTO same VALUES (zeroblob(16), zeroblob(64), zeroblob(16))');
      },
      'vault.db',
    ),
  want: [{ code: 'store-damaged' }],
};
