import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'an event that the vault remembers is given the handles of another',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        change(db, 'UPDATE same SET numbers = zeroblob(16) WHERE id = (SELECT min(id) FROM same)');
      },
      'vault.db',
    ),
  want: [{ code: 'store-damaged' }],
};
