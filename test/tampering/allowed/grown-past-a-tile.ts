import { assert } from '@zegel/core';
import { openLog, verifyLog } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';
import { event } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'the log grew over several stored tree hashes, and only what is new was checked',
  happen: async ({ dir, keys, state }) => {
    for (let round = 0; round < 3; round++) {
      const log = await openLog(dir, { keys });
      await log.append(Array.from({ length: 200 }, (_, i) => event(i)));
      await log.close();
      const report = await verifyLog(dir, { state, incremental: true });
      assert(report.ok && report.checked === 200, `not what is new: ${JSON.stringify(report.failures)}`);
    }
  },
};
