import type { Attack } from '../lib/attack.ts';
import { runSql } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a table is added',
  holds: ['nothing'],
  tamper: ({ dir }) => {
    runSql(dir, 'CREATE TABLE extra (note TEXT)');
  },
  want: [{ code: 'store-damaged' }],
  inBucket: {
    none: 'a bucket has no tables; what stands where no object of a log belongs is segment-of-no-index',
  },
};
