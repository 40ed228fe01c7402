/**
 * Copies a log and is killed at a step: `node copy-main.ts FROM TO NTH`.
 *
 * @module
 */
import { writeSync } from 'node:fs';
import { copyLog } from '@zegel/log';

const [from = '', to = '', nth = ''] = process.argv.slice(2);
let steps = 0;

/** As the system would: nothing of this process runs any more. */
function step(): void {
  if (steps++ === Number(nth)) process.kill(process.pid, 'SIGKILL');
}

const report = await copyLog(from, to, { allCheckpoints: true, onProgress: step });
writeSync(1, `${report.size}\n`);
