import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the sealed state of the vault is removed',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        change(db, `DELETE FROM secret WHERE name = 'state'`);
      },
      'vault.db',
    ),
  want: [{ code: 'store-damaged' }],
};
