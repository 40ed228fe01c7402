import { pruneLawfully } from '../lib/prune.ts';
import type { Attack } from '../lib/attack.ts';
import { change, inFile } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the column first of a stored cover is changed',
  holds: [],
  tamper: async (scene) => {
    await pruneLawfully(scene);
    inFile(scene.dir, (db) => {
      change(db, 'UPDATE cover SET first = first + 1');
    });
  },
  want: [{ code: 'store-damaged' }],
};
