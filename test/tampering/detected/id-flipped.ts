import type { Attack } from '../lib/attack.ts';
import { flipByte, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a byte of an id in the id table is flipped',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      flipByte(db, 'id', 'id', `idx = ${AT.batch + 8}`, 3);
    }),
  want: [{ code: 'id-table', index: AT.batch + 8 }],
  inBucket: { counterpart: 'replica-id-flipped' },
};
