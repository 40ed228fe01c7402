import { putBack } from '../lib/put-back.ts';
import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the vault of before a destruction is put back with the sealed state of after it',
  holds: ['vault'],
  tamper: ({ mirror, older }) => {
    let box: Buffer | undefined;
    let generation: number | undefined;
    inFile(
      mirror,
      (db) => {
        box = db.prepare<[], Buffer>(`SELECT box FROM secret WHERE name = 'state'`).pluck().get();
        generation = db.prepare<[], number>('SELECT value FROM state').pluck().get();
      },
      'vault.db',
    );
    putBack(mirror, older, 'vault.db');
    inFile(
      mirror,
      (db) => {
        change(db, `UPDATE secret SET box = ? WHERE name = 'state'`, box);
        change(db, `UPDATE state SET value = ? WHERE name = 'generation'`, generation);
      },
      'vault.db',
    );
  },
  want: [{ code: 'handle-undead', index: AT.destroyed }],
  inBucket: { want: [], because: 'what a machine keeps of a vault is brought up to it before it is used' },
};
