import { pruneLawfully } from '../lib/prune.ts';
import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';
import { AT } from '../lib/scene.ts';

export const attack: Attack = {
  title: 'the column last of a stored cover is changed',
  holds: ['nothing'],
  tamper: async (scene) => {
    await pruneLawfully(scene);
    inFile(scene.dir, (db) => {
      change(db, 'UPDATE cover SET last = last - 1 WHERE first = ?', AT.cases);
    });
  },
  want: [{ code: 'store-damaged' }],
  inBucket: { none: 'a bucket keeps no list of covers: they are read from the entries' },
};
