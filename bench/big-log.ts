import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openReader } from '@zegel/log';
import { freshLog } from './append.ts';
import { events } from './events.ts';

/** A log of `count` entries in `dir`, made unless an earlier run left it. Returns the milliseconds it took. */
export async function bigLog(dir: string, count: number): Promise<number> {
  if (existsSync(join(dir, 'log.db'))) {
    const reader = await openReader(dir);
    const size = await reader.size();
    await reader.close();
    if (size >= count) return 0;
  }
  const log = await freshLog(dir);
  const start = performance.now();
  const under = new Set<Promise<unknown>>();
  let batch = [];
  for (const event of events(count, { seed: 3, sealed: true, days: 300, customers: 50_000, total: count })) {
    batch.push(event);
    if (batch.length < 1000) continue;
    const one: Promise<unknown> = log.append(batch).then(() => under.delete(one));
    under.add(one);
    batch = [];
    if (under.size >= 6) await Promise.race(under);
  }
  await Promise.all(under);
  if (batch.length > 0) await log.append(batch);
  await log.close();
  return performance.now() - start;
}

/** Bytes of files of a log's folder. */
export function bytesOf(dir: string, ...names: readonly string[]): number {
  return names.reduce(
    (sum, name) => sum + (existsSync(join(dir, name)) ? statSync(join(dir, name)).size : 0),
    0,
  );
}
