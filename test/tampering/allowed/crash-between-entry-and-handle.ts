import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openLog, openVaultReader } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';
import { putBack } from '../lib/put-back.ts';

export const allowed: Allowed = {
  title: 'the vault is as a crash between the two steps of an erasure left it, and is opened again',
  happen: async ({ dir, keys, root }) => {
    const before = join(root, 'before');
    cpSync(dir, before, { recursive: true });
    const log = await openLog(dir, { keys });
    const numbers = log.vault.handlesOf('customer', 'c-2').map(({ number }) => number);
    await log.destroy({ numbers, activity: 'orders', rule: 'erasure' });
    await log.close();
    putBack(dir, before, 'vault.db');
    const vault = await openVaultReader(dir, { keys });
    vault.close();
  },
  inBucket: { counterpart: 'crash-between-entry-and-handle' },
};
