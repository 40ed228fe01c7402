import type { Attack } from '../lib/attack.ts';
import { runSql } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a trigger in the vault copies what is destroyed',
  holds: ['vault'],
  tamper: ({ mirror }) => {
    runSql(
      mirror,
      `CREATE TABLE kept AS SELECT * FROM handle WHERE 0;
       CREATE TRIGGER keep BEFORE DELETE ON handle BEGIN INSERT INTO kept SELECT * FROM handle WHERE number = old.number; END;`,
      'vault.db',
    );
  },
  want: [{ code: 'store-damaged' }],
};
