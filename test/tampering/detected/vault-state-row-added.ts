import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a row is added to what the vault knows of itself',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        change(db, `INSERT INTO state VALUES ('healed', 272)`);
      },
      'vault.db',
    ),
  want: [{ code: 'store-damaged' }],
};
