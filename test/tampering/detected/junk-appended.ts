import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack } from '../lib/attack.ts';

export const attack: Attack = {
  title: 'bytes are appended to the file',
  holds: ['nothing'],
  tamper: ({ dir }) => {
    appendFileSync(join(dir, 'log.db'), Buffer.alloc(8192, 'x'));
  },
  want: [{ code: 'store-damaged' }],
  inBucket: {
    none: 'what follows the packed entries of a segment is not read: in-bucket/allowed/segment-junk-appended',
  },
};
