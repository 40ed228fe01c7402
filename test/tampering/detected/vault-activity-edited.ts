import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the column activity of a handle is edited',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        change(db, `UPDATE handle SET activity = 'support' WHERE rowid = 1`);
      },
      'vault.db',
    ),
  want: [{ code: 'mention-unopened', index: AT.batch }],
};
