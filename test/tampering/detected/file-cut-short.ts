import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack } from '../lib/attack.ts';

export const attack: Attack = {
  title: 'the file is cut in half',
  holds: ['nothing'],
  tamper: ({ dir }) => {
    const path = join(dir, 'log.db');
    truncateSync(path, Math.floor(statSync(path).size / 2));
  },
  want: [{ code: 'store-damaged' }],
  inBucket: { counterpart: 'segment-cut-short' },
};
