import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Client, openClient } from '@zegel/client';
import { openReader } from '@zegel/log';
import { AccessFile } from '@zegel/viewer';
import { freshLog } from './append.ts';
import { batches } from './events.ts';
import { median, report } from './stats.ts';

const FLOOR = 10_000;
/** Events of one append, as a busy service has them, and appends under way at once. */
const CALL = 1;
const UNDER_WAY = 256;

/** Events from `append` in one process to the log of another, over HTTP on loopback, both durable. */
export async function benchOutbox(dir: string, count: number, rounds: number): Promise<void> {
  const list = batches(Math.min(count, 20_000), CALL, { seed: 3, sealed: true, days: 1 });
  const rates: number[] = [];
  const delays: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { took, delay } = await outboxRound(join(dir, `outbox-${round}`), list, count);
    rates.push((count / took) * 1000);
    delays.push(delay);
  }
  const value = median(rates);
  report({
    what: 'client to collector, durable on both sides',
    value,
    unit: 'events/s',
    floor: `>= ${FLOOR}`,
    met: value >= FLOOR,
    n: rounds,
  });
  report({
    what: "event-loop delay p99 of the client's process",
    value: median(delays),
    unit: 'ms',
    n: rounds,
  });
}

async function outboxRound(
  dir: string,
  list: ReturnType<typeof batches>,
  count: number,
): Promise<{ took: number; delay: number }> {
  const path = join(dir, 'audit');
  await (await freshLog(path)).close();
  const access = new AccessFile(path);
  const { text: token } = await access.newToken('bench');
  access.close();
  const { child, url } = await collector(path);
  const client = await openClient({ url, token, outbox: join(dir, 'outbox.db') });
  await send(client, list, list.length * CALL); // persons are known and code is warm afterwards
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  await send(client, list, count);
  const took = performance.now() - start;
  delay.disable();
  await client.close();
  child.stdin?.end();
  await once(child, 'exit');
  await using reader = await openReader(path);
  const there = (await reader.size()) - 2;
  if (there !== count + list.length * CALL) throw new Error(`${there} entries are in the log`);
  return { took, delay: delay.percentile(99) / 1e6 };
}

async function send(client: Client, list: ReturnType<typeof batches>, count: number): Promise<void> {
  let sent = 0;
  const caller = async (): Promise<void> => {
    while (sent < count) {
      const at = sent / CALL;
      sent += CALL;
      await client.append(list[at % list.length] ?? []);
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, caller));
  const { pending, problem } = await client.flush();
  if (pending > 0) throw new Error(problem?.message ?? 'events are left');
}

async function collector(log: string): Promise<{ child: ChildProcess; url: string }> {
  const main = fileURLToPath(new URL('./outbox-child.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, main, log], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url };
}
