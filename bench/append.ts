import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Log, openLog, openReader } from '@zegel/log';
import { startIndexer } from '@zegel/search';
import { batches, register } from './events.ts';
import { hypercoreAppends, openPlain, plainInserts } from './peers.ts';
import { ceiling, median, quantile, ratio, report, time } from './stats.ts';

const SIZE = 1000;
/** Events of one append call, and calls under way at once: commits gather what is waiting, about SIZE at a time. */
const CALL = 250;
const UNDER_WAY = 16;
/** Events that differ. */
const DISTINCT = 20_000;

interface Appended {
  readonly took: number;
  /** Until the index covered everything, when one was following. */
  readonly covered: number;
  readonly delay: number;
}

/** Durable appends against the peers, all in the same run, round by round. */
export async function benchAppend(dir: string, count: number, rounds: number): Promise<void> {
  const sealed = await entriesOf(dir, count, true);
  const bare = await entriesOf(dir, count, false);
  const times = {
    plainSealed: [],
    plainBare: [],
    hyper: [],
    sealed: [],
    bare: [],
    indexed: [],
    delay: [],
  } as Record<string, number[]>;
  for (let round = 0; round < rounds; round++) {
    times['plainSealed']?.push(await plainInserts(join(dir, 'plain'), sealed, SIZE));
    const full = await appendRound(join(dir, 'full'), count, true, false);
    times['sealed']?.push(full.took);
    times['delay']?.push(full.delay);
    times['plainBare']?.push(await plainInserts(join(dir, 'plain'), bare, SIZE));
    times['bare']?.push((await appendRound(join(dir, 'bare'), count, false, false)).took);
    times['hyper']?.push(await hypercoreAppends(join(dir, 'hyper'), bare, SIZE));
    times['indexed']?.push((await appendRound(join(dir, 'indexed'), count, true, true)).covered);
  }
  const rate = (name: string): number => (count / median(times[name] ?? [])) * 1000;
  const [bytes, bareBytes] = [sealed, bare].map(
    (list) => list.reduce((sum, e) => sum + e.length, 0) / list.length,
  );
  report({ what: 'bytes of an entry with one sealed part', value: bytes ?? 0, unit: 'bytes', n: count });
  report({ what: 'bytes of an entry without', value: bareBytes ?? 0, unit: 'bytes', n: count });
  for (const [name, what] of [
    ['plainSealed', 'plain inserts of the same bytes, sealed'],
    ['plainBare', 'plain inserts of the same bytes, without sealed parts'],
    ['hyper', 'hypercore, without sealed parts'],
    ['sealed', 'zegel, full pipeline, one sealed part'],
    ['bare', 'zegel, without sealed parts'],
    ['indexed', 'zegel, one sealed part, index following and caught up'],
  ] as const)
    report({ what, value: rate(name), unit: 'entries/s', n: rounds });
  ratio('full pipeline against plain inserts', rate('sealed') / rate('plainSealed'), 0.25, rounds);
  ratio('without sealed parts against plain inserts', rate('bare') / rate('plainBare'), 0.45, rounds);
  ratio('without sealed parts against hypercore', rate('bare') / rate('hyper'), 0.8, rounds);
  ratio('index following against not', rate('indexed') / rate('sealed'), 0.7, rounds);
  ceiling('event-loop delay p99 while appending flat out', median(times['delay'] ?? []), 2, 'ms', rounds);
}

/** Single-caller latency against one fsynced insert into an open database, alternating. */
export async function benchLatency(dir: string, count: number): Promise<void> {
  const log = await freshLog(join(dir, 'single'));
  const [entry] = await entriesOf(dir, 2, true);
  if (entry === undefined) throw new Error('no entry to insert');
  const list = batches(count, 1, { seed: 5, sealed: true, days: 1, customers: 50 });
  for (const batch of list) await log.append(batch); // handles are there afterwards
  const insert = openPlain(join(dir, 'one'));
  const [own, plain]: [number[], number[]] = [[], []];
  for (const batch of list) {
    own.push(await time(() => log.append(batch)));
    plain.push(await time(() => insert.one(entry)));
  }
  insert.close();
  await log.close();
  report({ what: 'latency of one append', value: median(own), unit: 'ms', n: own.length });
  report({ what: 'latency of one fsynced insert', value: median(plain), unit: 'ms', n: plain.length });
  ceiling('latency against one fsynced insert', median(own) / median(plain), 2, 'x', own.length);
  report({ what: 'latency of one append, p99', value: quantile(own, 0.99), unit: 'ms', n: own.length });
}

/** The exact bytes of entries such as a round appends. */
export async function entriesOf(dir: string, count: number, sealed: boolean): Promise<Uint8Array[]> {
  const path = join(dir, 'sample');
  const log = await freshLog(path);
  for (const batch of batches(count, SIZE, { seed: 1, sealed, days: 1 })) await log.append(batch);
  await log.close();
  const reader = await openReader(path);
  const entries: Uint8Array[] = [];
  for await (const chunk of reader.read(2, count + 2))
    for (const { bytes } of chunk) if (bytes) entries.push(Uint8Array.from(bytes));
  await reader.close();
  rmSync(path, { recursive: true });
  return entries;
}

/** An empty log that replaces whatever was there. */
export async function freshLog(path: string): Promise<Log> {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return openLog(path, { register, create: { origin: 'bench.example/log' } });
}

async function appendRound(
  path: string,
  count: number,
  sealed: boolean,
  indexed: boolean,
): Promise<Appended> {
  const log = await freshLog(path);
  // A few thousand events over and over: made anew, their making and collecting would be what is measured on this thread.
  const list = batches(DISTINCT, CALL, { seed: 2, sealed, days: 1 });
  // The persons of a working day are known by its middle: what a new one costs is told apart.
  for (const batch of list) await log.append(batch);
  const before = await log.size();
  const indexer = indexed ? startIndexer({ log: path }) : undefined;
  await indexer?.reached(before);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const under = new Set<Promise<unknown>>();
  for (let sent = 0; sent < count; sent += CALL) {
    const batch = list[(sent / CALL) % list.length] ?? [];
    const one: Promise<unknown> = log.append(batch).then(() => under.delete(one));
    under.add(one);
    if (under.size >= UNDER_WAY) await Promise.race(under);
  }
  await Promise.all(under);
  const took = performance.now() - start;
  delay.disable();
  await indexer?.reached(before + count);
  const covered = performance.now() - start;
  await indexer?.stop();
  await log.close();
  rmSync(path, { recursive: true });
  return { took, covered, delay: delay.percentile(99) / 1e6 };
}
