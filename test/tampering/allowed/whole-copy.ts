import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Allowed } from '../lib/attack.ts';

export const allowed: Allowed = {
  title: 'the folder is copied to another place',
  happen: ({ dir, root }) => cpSync(dir, join(root, 'elsewhere'), { recursive: true }),
  where: ({ root }) => join(root, 'elsewhere'),
  inBucket: { counterpart: 'whole-copy' },
};
