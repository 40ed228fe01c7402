import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the persons of two handles change places',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        db.exec(
          `CREATE TEMP TABLE two AS SELECT rowid AS id, person FROM handle WHERE rowid <= 2; UPDATE handle SET person = (SELECT person FROM two WHERE id = 3 - handle.rowid) WHERE rowid <= 2; DROP TABLE two;`,
        );
      },
      'vault.db',
    ),
  want: [{ code: 'mention-unopened', index: AT.batch }],
};
