import { openLog, openVaultReader } from '@zegel/log';
import type { BucketAllowed } from '../../lib/attack.ts';

export const bucketAllowed: BucketAllowed = {
  title: 'the vault is as a crash between the two steps of an erasure left it, and is opened again',
  happen: async ({ dir, keys, bucket }) => {
    const before = await bucket.vault.all();
    const log = await openLog(dir, { keys });
    const numbers = log.vault.handlesOf('customer', 'c-2').map(({ number }) => number);
    await log.destroy({ numbers, activity: 'orders', rule: 'erasure' });
    await log.close();
    await bucket.vault.putAll(before);
    const vault = await openVaultReader(dir, { keys });
    vault.close();
  },
};
