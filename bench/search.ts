import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLog, openReader, openVaultReader } from '@zegel/log';
import { indexVault, openIndex, type SearchIndex, startIndexer } from '@zegel/search';
import { bytesOf } from './big-log.ts';
import { batches, register } from './events.ts';
import { ceiling, quantile, report, time } from './stats.ts';

/** Queries of every kind that the language has: dense, rare, empty intersections, negations, times, words. */
const QUERIES = [
  '',
  'action:read',
  'action:read activity:dashboard',
  'action:export outcome:denied role:finance',
  'recipient:police action:search',
  'recipient:police -outcome:success',
  '-action:read -action:search',
  'subject:customer:c-17',
  'subject:customer:c-49999 action:update',
  'actor:employee:e-17',
  'actor:employee:e-17 subject:customer:c-3',
  'actor:employee:e-17 subject:customer:nobody',
  'field:email role:support -action:read',
  'after:2026-03-01 before:2026-03-02',
  'on:2026-05-05 action:disclose',
  'after:2026-06-01 actor:employee:e-3 field:phone',
  'before:2025-01-01',
  'index:>=1000000 index:<1000100',
  'customer.show outcome:denied',
  'orders police',
  'class:automated action:export',
  'involvement:target kind:access service:dashboard',
  'id:00000000-0000-7000-8000-000000000000',
];

/** Index build, first pages, facets and histograms at the size of the log. */
export async function benchSearch(dir: string, entryBytes: number, repeats: number): Promise<void> {
  for (const end of ['', '-wal', '-shm']) rmSync(join(dir, `index.db${end}`), { force: true });
  const log = await openReader(dir);
  const size = await log.size();
  const built = await build(dir, size);
  const rate = (size / built) * 1000;
  report({
    what: `index build over ${size} entries`,
    value: rate,
    unit: 'entries/s',
    floor: '>= 60,000',
    met: rate >= 60_000,
    n: 1,
  });
  const vault = await openVaultReader(dir);
  const index = await openIndex({
    path: join(dir, 'index.db'),
    log,
    vault: indexVault(vault, log.origin),
    mode: 'read',
  });
  await benchQueries(index, repeats);
  index.close();
  vault.close();
  await log.close();
  const bytes = bytesOf(dir, 'log.db', 'index.db', 'log.db-wal', 'index.db-wal');
  ceiling(
    'disk: log + index at commits of 1,000, against the entry bytes',
    bytes / (entryBytes * size),
    0.9,
    'x',
    1,
  );
}

async function build(dir: string, size: number): Promise<number> {
  return time(async () => {
    const indexer = startIndexer({ log: dir });
    await indexer.reached(size);
    await indexer.stop();
  });
}

async function benchQueries(index: SearchIndex, repeats: number): Promise<void> {
  const [pages, facets]: [number[], number[]] = [[], []];
  const slowest = { page: ['', 0] as [string, number], facets: ['', 0] as [string, number] };
  for (let round = 0; round < repeats; round++)
    for (const query of QUERIES) {
      const page = await time(async () => {
        const { indexes } = await index.search(query, { limit: 50 });
        await index.fetch(query, indexes);
      });
      const counts = await time(async () => {
        await index.facets(query, {
          names: ['activity', 'action', 'actor', 'role', 'service', 'outcome', 'field', 'involvement'],
        });
        await index.histogram(query, { buckets: 60 });
      });
      pages.push(page);
      facets.push(counts);
      if (page > slowest.page[1]) slowest.page = [query, page];
      if (counts > slowest.facets[1]) slowest.facets = [query, counts];
    }
  ceiling('search: first page of 50 read from the log, p95', quantile(pages, 0.95), 50, 'ms', pages.length);
  ceiling('search: facets and histogram together, p95', quantile(facets, 0.95), 300, 'ms', facets.length);
  report({
    what: `slowest first page: ${slowest.page[0] || '(empty)'}`,
    value: slowest.page[1],
    unit: 'ms',
    n: 1,
  });
  report({
    what: `slowest facets and histogram: ${slowest.facets[0] || '(empty)'}`,
    value: slowest.facets[1],
    unit: 'ms',
    n: 1,
  });
}

/** How far the index is behind a writer of 5,000 entries a second. */
export async function benchLag(dir: string, seconds: number): Promise<void> {
  const log = await openLog(dir, { register });
  const indexer = startIndexer({ log: dir });
  await indexer.reached(await log.size());
  const lags: number[] = [];
  const waits: Promise<unknown>[] = [];
  for (const batch of batches(5000 * seconds, 500, { seed: 11, sealed: true, days: 1 })) {
    const next = new Promise((resolve) => setTimeout(resolve, 100));
    const receipts = await log.append(batch);
    const durable = performance.now();
    const last = receipts.at(-1)?.index ?? 0;
    waits.push(indexer.reached(last + 1).then(() => lags.push(performance.now() - durable)));
    await next;
  }
  await Promise.all(waits);
  await indexer.stop();
  await log.close();
  ceiling(
    'index lag behind a writer at 5,000 entries/s, the worst',
    Math.max(...lags),
    1000,
    'ms',
    lags.length,
  );
}
