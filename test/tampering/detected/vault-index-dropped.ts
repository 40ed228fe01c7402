import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the index by which the vault finds persons is dropped',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        const sql =
          db.prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = 'handle'`).pluck().get() ?? '';
        db.exec('ALTER TABLE handle RENAME TO other');
        db.exec(sql.replace(/,\s*UNIQUE[^)]*\)/, ''));
        db.exec('INSERT INTO handle SELECT * FROM other; DROP TABLE other');
      },
      'vault.db',
    ),
  want: [{ code: 'store-damaged' }],
};
