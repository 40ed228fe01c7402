import type { Attack } from '../lib/attack.ts';
import { runSql } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a trigger is added that changes what is written',
  holds: ['nothing'],
  tamper: ({ dir }) => {
    runSql(dir, 'CREATE TRIGGER also AFTER INSERT ON id BEGIN DELETE FROM id WHERE part = 9; END');
  },
  want: [{ code: 'store-damaged' }],
  inBucket: { none: 'a bucket has no triggers' },
};
