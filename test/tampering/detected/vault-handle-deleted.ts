import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a handle is deleted that no entry destroyed',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        change(db, 'DELETE FROM handle WHERE rowid = 1');
      },
      'vault.db',
    ),
  want: [{ code: 'handle-unknown', index: AT.batch }],
  inBucket: { want: [], because: 'what a machine keeps of a vault is brought up to it before it is used' },
};
