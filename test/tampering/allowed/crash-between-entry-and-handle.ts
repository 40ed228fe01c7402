import { openLog, openVaultReader } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';

export const allowed: Allowed = {
  title: 'after a crash between the two steps of an erasure the vault is opened again',
  happen: async ({ dir, keys }) => {
    {
      await using log = await openLog(dir, { keys });
      const handles = log.vault
        .handlesOf('customer', 'c-2')
        .map(({ number }) => Buffer.from(number).toString('base64url'));
      const body = { activity: 'orders', rule: 'erasure', handles: handles.toSorted(), ranges: [] };
      await log.record({ kind: 'retention', bodies: [body] });
    }
    const vault = await openVaultReader(dir, { keys });
    vault.close();
  },
};
