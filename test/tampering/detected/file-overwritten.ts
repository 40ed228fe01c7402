import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack } from '../lib/attack.ts';

export const attack: Attack = {
  title: 'the file is overwritten with something else',
  holds: ['nothing'],
  tamper: ({ dir }) => {
    writeFileSync(join(dir, 'log.db'), 'nothing to see here, move along\n'.repeat(500));
  },
  want: [{ code: 'store-damaged' }],
  inBucket: { counterpart: 'segment-overwritten' },
};
