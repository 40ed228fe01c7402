import type { Attack } from '../lib/attack.ts';
import { runSql } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'a table is added',
  holds: ['nothing'],
  tamper: ({ dir }) => {
    runSql(dir, 'CREATE TABLE extra (note TEXT)');
  },
  want: [{ code: 'store-damaged' }],
};
