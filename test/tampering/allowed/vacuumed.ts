import type { Allowed } from '../lib/attack.ts';
import { runSql } from '../lib/raw.ts';

export const allowed: Allowed = {
  title: 'the files are vacuumed',
  happen: ({ dir }) => {
    for (const file of ['log.db', 'vault.db']) runSql(dir, 'VACUUM', file);
  },
  inBucket: { none: 'a bucket has no pages to put in order' },
};
