/**
 * A service with a client, to be killed. Arguments: address and token of the collector, outbox, name of the run; `drain` as
 * the name: sends what is left and ends. Tells what was acknowledged, a line each, on stdout.
 */
import { writeSync } from 'node:fs';
import { openClient } from '@zegel/client';
import type { AccessEvent } from '@zegel/log';

const [url = '', token = '', outbox = '', run = ''] = process.argv.slice(2);
/** Enough for batches that the log takes in several commits: a kill in between leaves some of them in the log. */
const UNDER_WAY = 1500;

/** One event, or three that go together. */
function request(n: number): AccessEvent[] {
  const count = n % 5 === 0 ? 3 : 1;
  return Array.from({ length: count }, (_, i) => ({
    action: 'read',
    activity: 'general',
    actor: { kind: 'employee', id: 'e-17', ip: '192.0.2.7' },
    subjects: [{ type: 'request', id: `${run}:${n}:${i}:${count}` }],
    fields: ['name'],
    service: 'crash',
    ...(n % 3 === 0 && { id: `${run}:${n}:${i}` }),
  }));
}

/** Synchronously, so that what was acknowledged is told even if we die the next moment; a full pipe is waited for. */
function tell(line: string): void {
  for (;;)
    try {
      return void writeSync(1, line);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error;
    }
}

const client = await openClient({
  url,
  token,
  outbox,
  maxPending: 5000,
  retry: { first: 10, longest: 100 },
  onProblem: () => undefined,
});
if (run === 'drain') {
  const { pending } = await client.flush({ timeout: 60_000 });
  const refused = await client.refused();
  await client.close();
  tell(`left ${pending} ${refused.length}\n`);
} else {
  let next = 0;
  const caller = async (): Promise<never> => {
    for (;;) {
      const n = next++;
      const { length } = await client.append(request(n));
      tell(`kept ${n} ${length}\n`);
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, caller));
}
