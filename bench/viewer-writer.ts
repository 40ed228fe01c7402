import { setTimeout as wait } from 'node:timers/promises';
import { openLog } from '@zegel/log';
import { events } from './events.ts';

/** Appends so many entries a second to a log, in commits of a twentieth of a second, until it is told to end. */
const [dir = '', perSecond = '2000'] = process.argv.slice(2);
const SLICE = 50;
const each = Math.round((Number(perSecond) * SLICE) / 1000);
const log = await openLog(dir);
const list = [...events(20_000, { seed: 5, sealed: true, days: 1, customers: 50_000, total: 20_000 })];
let open = true;
process.on('message', () => (open = false));
process.send?.('ready');
const start = performance.now();
let written = 0;
for (let slice = 0; open; slice++) {
  const at = (slice * each) % (list.length - each);
  await log.append(
    list.slice(at, at + each).map((event) => ({ ...event, occurred: new Date().toISOString() })),
  );
  written += each;
  await wait(Math.max(0, start + (slice + 1) * SLICE - performance.now()));
}
process.send?.({ rate: (written / (performance.now() - start)) * 1000 });
await log.close();
process.disconnect();
