import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Attack } from '../lib/attack.ts';
import { inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a destroyed handle is put back from an older vault',
  holds: ['vault'],
  tamper: ({ mirror, older }) => {
    const from = new Database(join(older, 'vault.db'), { readonly: true });
    const rows = from.prepare<[], object>('SELECT * FROM handle').all();
    from.close();
    inFile(
      mirror,
      (db) => {
        const put = db.prepare(
          'INSERT OR IGNORE INTO handle VALUES (@number, @person, @activity, @sort, @scope, @month, @opened, @box)',
        );
        for (const row of rows) put.run(row);
      },
      'vault.db',
    );
  },
  want: [{ code: 'handle-undead', index: AT.destroyed }],
  inBucket: { want: [], because: 'what a machine keeps of a vault is brought up to it before it is used' },
};
