import { putBack } from '../lib/put-back.ts';
import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the vault of before a destruction is put back and told that it has seen everything',
  holds: ['vault'],
  tamper: ({ dir, older }) => {
    putBack(dir, older, 'vault.db');
    inFile(
      dir,
      (db) => {
        change(db, `UPDATE state SET value = ${AT.size} WHERE name = 'healed'`);
      },
      'vault.db',
    );
  },
  want: [{ code: 'handle-undead', index: AT.destroyed }],
};
