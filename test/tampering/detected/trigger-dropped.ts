import type { Attack } from '../lib/attack.ts';
import { runSql } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a trigger is dropped',
  holds: ['nothing'],
  tamper: ({ dir }) => {
    runSql(dir, 'DROP TRIGGER chunk_update');
  },
  want: [{ code: 'store-damaged' }],
  inBucket: { none: 'a bucket has no triggers' },
};
