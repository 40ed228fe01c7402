import type { Attack } from '../lib/attack.ts';
import { runSql } from '../lib/raw.ts';

export const attack: Attack = {
  title: 'the mark of the file is changed',
  holds: ['nothing'],
  tamper: ({ dir }) => {
    runSql(dir, 'PRAGMA application_id = 7');
  },
  want: [{ code: 'store-damaged' }],
  inBucket: { counterpart: 'segment-magic-changed' },
};
