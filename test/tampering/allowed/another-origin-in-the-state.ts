import { join } from 'node:path';
import { assert } from '@zegel/core';
import { openLog, verifyLog } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';

export const allowed: Allowed = {
  title: 'a log of another origin is verified with the same state file',
  happen: async ({ root, state }) => {
    const dir = join(root, 'beside');
    const log = await openLog(dir, { create: { origin: 'shop.example/other' } });
    await log.close();
    const report = await verifyLog(dir, { state });
    assert(report.ok, 'the log beside raises an alarm');
  },
};
