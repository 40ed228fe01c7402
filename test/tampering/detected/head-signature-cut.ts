import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'a signature is cut short',
  holds: ['nothing'],
  tamper: ({ dir }) =>
    inFile(dir, (db) => {
      change(db, 'UPDATE head SET signatures = substr(signatures, 1, 40) WHERE size = ?', AT.singles);
    }),
  want: [{ code: 'signature-bad', index: AT.batch }],
  inBucket: { counterpart: 'checkpoint-signature-cut' },
};
