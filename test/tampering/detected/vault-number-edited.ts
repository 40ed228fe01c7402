import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a handle is given another number',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        change(db, 'UPDATE handle SET number = zeroblob(16) WHERE rowid = 1');
      },
      'vault.db',
    ),
  want: [{ code: 'handle-unknown', index: AT.batch }, { code: 'store-damaged' }],
  inBucket: { want: [], because: 'what a machine keeps of a vault is brought up to it before it is used' },
};
