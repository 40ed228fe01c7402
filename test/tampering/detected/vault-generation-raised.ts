import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the vault is told of a destruction that was none',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        change(db, `UPDATE state SET value = value + 1 WHERE name = 'generation'`);
      },
      'vault.db',
    ),
  want: [{ code: 'store-damaged' }],
};
