import type { Attack } from '../lib/attack.ts';
import { runSql } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a trigger is replaced by one that refuses nothing',
  holds: ['nothing'],
  tamper: ({ dir }) => {
    runSql(
      dir,
      'DROP TRIGGER chunk_update; CREATE TRIGGER chunk_update BEFORE UPDATE ON chunk WHEN 0 BEGIN SELECT 1; END',
    );
  },
  want: [{ code: 'store-damaged' }],
  inBucket: { none: 'a bucket has no triggers' },
};
