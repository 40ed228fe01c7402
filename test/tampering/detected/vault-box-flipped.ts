import type { Attack } from '../lib/attack.ts';
import { flipByte, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a byte of the box of a handle is flipped',
  holds: ['vault'],
  tamper: ({ mirror }) =>
    inFile(
      mirror,
      (db) => {
        flipByte(db, 'handle', 'box', 'rowid = 1', 20);
      },
      'vault.db',
    ),
  want: [{ code: 'mention-unopened', index: AT.batch }],
};
