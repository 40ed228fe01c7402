/**
 * A process that several writers share, to be killed. Arguments: folder of the log, name of the process, number of
 * writers, events each of them appends at most (0: for ever). Waits for a line on stdin before it opens the log, and
 * tells what was acknowledged, a line each, on stdout.
 */
import { writeSync } from 'node:fs';
import { once } from 'node:events';
import { type AccessEvent, type Log, openLog, type Receipt } from '@zegel/log';

const [dir = '', name = '', writers = '1', most = '0'] = process.argv.slice(2);

/** What one call of a writer appends: 1 to 4 events of one request, sometimes in parts, sometimes named. */
export function request(writer: string, n: number): AccessEvent[] {
  const count = n % 5 === 0 ? 4 : 1;
  const crowd = n % 7 === 3 ? 400 : 1; // more than fit in one entry
  return Array.from({ length: count }, (_event, i) => ({
    action: 'read',
    activity: 'general',
    actor: { kind: 'employee', id: writer, ip: '192.0.2.7' },
    subjects: Array.from({ length: crowd }, (_subject, s) => ({
      type: 'request',
      id: `${writer}:${n}:${count}:${i}:${s}`,
    })),
    fields: ['name'],
    service: 'crash',
    ...(n % 3 === 0 && { id: `${writer}:${n}:${i}` }),
  }));
}

async function write(log: Log, writer: string): Promise<void> {
  for (let n = 0; most === '0' || n < Number(most); n++) tell(await log.append(request(writer, n)));
}

/** Synchronously, so that what was acknowledged is told even if we die the next moment. */
function tell(receipts: readonly Receipt[]): void {
  writeSync(1, receipts.map((r) => `${r.index} ${r.count} ${r.leafHash}\n`).join(''));
}

writeSync(1, 'ready\n');
await once(process.stdin, 'data');
const log = await openLog(dir, { create: { origin: 'crash.example/audit' } });
await Promise.all(Array.from({ length: Number(writers) }, (_, w) => write(log, `${name}-${w}`)));
await log.close();
process.stdin.destroy();
