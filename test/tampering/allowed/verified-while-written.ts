import { assert } from '@zegel/core';
import { openLog, verifyLog } from '@zegel/log';
import type { Allowed } from '../lib/attack.ts';
import { event } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'the log is verified while it is written to',
  happen: async ({ dir, keys, state }) => {
    await using log = await openLog(dir, { keys });
    let writing = true;
    const writer = (async () => {
      for (let i = 0; writing; i++) await log.append(Array.from({ length: 20 }, (_, n) => event(i + n)));
    })();
    try {
      for (const threads of [0, 1, 0, 0]) {
        const report = await verifyLog(dir, { state, threads });
        assert(report.ok, `a log that grows raises an alarm: ${JSON.stringify(report.failures)}`);
      }
    } finally {
      writing = false;
      await writer;
    }
  },
};
