import { openLog } from '@zegel/log';
import { events, register } from './events.ts';

/**
 * Appends to a log in a bucket as fast as it takes them. Arguments: URL, key folder, entries, customers. Is told when to begin,
 * after it has named everybody once; answers with the milliseconds that it took.
 */
const [url = '', keys = '', count = '0', customers = '0'] = process.argv.slice(2);
const CALL = 250;
/** Calls under way: several seconds' worth of a commit are never waiting. */
const UNDER_WAY = 64;
/** Events after which nearly everybody who will be named has a handle: an object each, which is counted apart. */
const WARM = 15_000;
const total = Number(count);
const people = Number(customers);

await using log = await openLog(url, { keys, register });
const some = { seed: 7, sealed: true, days: 1, customers: people };
for (const list of chunks([...events(WARM, { ...some, total: WARM })])) await log.append(list);
process.send?.('ready');
await new Promise((resolve) => process.once('message', resolve));
const list = [...events(total, { ...some, total })];
const start = performance.now();
const under = new Set<Promise<unknown>>();
for (const call of chunks(list)) {
  const one: Promise<unknown> = log.append(call).then(() => under.delete(one));
  under.add(one);
  if (under.size >= UNDER_WAY) await Promise.race(under);
}
await Promise.all(under);
process.send?.({ took: performance.now() - start });
await new Promise((resolve) => process.once('message', resolve));
process.disconnect();

function* chunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += CALL) yield all.slice(at, at + CALL);
}
