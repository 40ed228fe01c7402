import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { openLog, openReader } from '@zegel/log';
import { prepareBuckets, publish } from '@zegel/store-s3';
import { events, register } from './events.ts';
import { ceiling, median, quantile, ratio, report } from './stats.ts';

const ENDPOINT = process.env['ZEGEL_TEST_S3'];
/** People whom each writer names: their handles are made before anything is measured. */
const CUSTOMERS = 200;
const FLUSH = 200;
const WRITERS = 4;
const SINGLES = 200;
const PUTS = 100;
const MILLION = 1_000_000;

/** A log in a bucket of a real server on this machine. */
export async function benchS3(dir: string, count: number): Promise<void> {
  if (ENDPOINT === undefined) return console.log('s3: left out, no server is named by ZEGEL_TEST_S3');
  const put = await putLatency();
  report({ what: 's3: PUT of 64 KiB under lock, p50', value: put, unit: 'ms', n: PUTS });
  const alone = await newPlace(dir, 'alone');
  const one = await write(alone, [count]);
  report({ what: 's3: one writer', value: one, unit: 'entries/s', n: count });
  ratio('s3: one writer against 15,000 entries/s', one / 15_000, 1, 1);
  await costs(alone, count);
  await singles(alone, put);
  const crowd = await newPlace(dir, 'crowd');
  const share = Math.round(count / WRITERS);
  const sum = await write(
    crowd,
    Array.from({ length: WRITERS }, () => share),
  );
  report({ what: `s3: ${WRITERS} contending writers, in sum`, value: sum, unit: 'entries/s', n: count });
  ratio('s3: contending writers against 15,000 entries/s', sum / 15_000, 0.5, 1);
}

interface Place {
  readonly url: string;
  readonly bucket: string;
  readonly keys: string;
  readonly dir: string;
}

async function newPlace(dir: string, name: string): Promise<Place> {
  const bucket = `zegel-bench-${randomBytes(6).toString('hex')}`;
  const url = `s3://${bucket}?endpoint=${ENDPOINT}&lock=governance&lock-days=1&flush=${FLUSH}`;
  const place = { url, bucket, keys: join(dir, `${name}-keys`), dir: join(dir, name) };
  mkdirSync(place.dir, { recursive: true });
  await prepareBuckets(url, { create: true });
  await (await openAt(place)).close();
  return place;
}

async function openAt({ url, keys, dir }: Place): ReturnType<typeof openLog> {
  process.env['XDG_DATA_HOME'] = join(dir, 'home-0');
  return openLog(url, { keys, register, create: { origin: 'bench.example/s3' } });
}

/** So many writers at once, each on a machine of its own. Returns entries per second in sum. */
async function write({ url, keys, dir }: Place, counts: readonly number[]): Promise<number> {
  const writers = counts.map((count, n) =>
    fork(new URL('./s3-writer.ts', import.meta.url), [url, keys, String(count), String(CUSTOMERS)], {
      env: { ...process.env, XDG_DATA_HOME: join(dir, `home-${n}`) },
    }),
  );
  await Promise.all(writers.map((writer) => once(writer, 'message')));
  const start = performance.now();
  for (const writer of writers) writer.send('begin');
  await Promise.all(writers.map((writer) => once(writer, 'message')));
  const took = performance.now() - start;
  await Promise.all(writers.map(ended));
  return (counts.reduce((sum, count) => sum + count, 0) / took) * 1000;
}

async function ended(writer: ChildProcess): Promise<void> {
  writer.send('end');
  await once(writer, 'exit');
}

/** What the bucket holds after a run at full rate: every version of every object was a PUT. */
async function costs(place: Place, count: number): Promise<void> {
  process.env['XDG_DATA_HOME'] = join(place.dir, 'home-0');
  await publish(place.url);
  await using log = await openReader(place.url);
  let bytes = 0;
  for await (const chunk of log.read(0, await log.size()))
    for (const entry of chunk) bytes += entry.bytes?.length ?? 0;
  const all = await versions(place.bucket);
  const size = await log.size();
  const puts = (all.length / size) * MILLION;
  for (const prefix of ['seg/', 'checkpoint', 'tile/']) {
    const some = all.filter(({ key }) => key.startsWith(prefix)).length;
    report({
      what: `s3: PUTs of ${prefix} per million entries`,
      value: (some / size) * MILLION,
      unit: '',
      n: size,
    });
  }
  ceiling('s3: PUTs per million entries', puts, 5000, '', count);
  const stored = all.filter(({ key }) => key.startsWith('seg/')).reduce((sum, one) => sum + one.size, 0);
  ceiling('s3: bytes stored against bytes of entries', stored / bytes, 0.5, 'x', size);
}

async function versions(bucket: string): Promise<{ readonly key: string; readonly size: number }[]> {
  const client = clientOf();
  const all: { key: string; size: number }[] = [];
  let after: { KeyMarker?: string; VersionIdMarker?: string } = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, ...after }));
    for (const { Key = '', Size = 0 } of page.Versions ?? []) all.push({ key: Key, size: Size });
    if (page.IsTruncated !== true) break;
    after = {
      ...(page.NextKeyMarker !== undefined && { KeyMarker: page.NextKeyMarker }),
      ...(page.NextVersionIdMarker !== undefined && { VersionIdMarker: page.NextVersionIdMarker }),
    };
  }
  client.destroy();
  return all.filter(({ key }) => !key.startsWith('probe/'));
}

/** Latency of one event at a time, on a log that otherwise rests. */
async function singles(place: Place, put: number): Promise<void> {
  await using log = await openAt(place);
  const some = { seed: 9, sealed: true, days: 1, customers: 20, total: SINGLES };
  const list = [...events(SINGLES, some)];
  await log.append(list); // handles are there afterwards
  const times: number[] = [];
  for (const event of list) {
    const start = performance.now();
    await log.append([event]);
    times.push(performance.now() - start);
    await wait(5);
  }
  report({ what: 's3: commit of one event, median', value: median(times), unit: 'ms', n: SINGLES });
  ceiling(
    's3: commit p99 against flush interval and 6 PUTs',
    quantile(times, 0.99) / (FLUSH + 6 * put),
    1,
    'x',
    SINGLES,
  );
}

async function putLatency(): Promise<number> {
  const bucket = `zegel-bench-${randomBytes(6).toString('hex')}`;
  await prepareBuckets(`s3://${bucket}?endpoint=${ENDPOINT}`, { create: true });
  const client = clientOf();
  const body = randomBytes(65_536);
  const times: number[] = [];
  for (let n = 0; n < PUTS; n++) {
    const start = performance.now();
    await client.send(
      new PutObjectCommand({
        ...{ Bucket: bucket, Key: `put/${n}`, Body: body, ObjectLockMode: 'GOVERNANCE' },
        ObjectLockRetainUntilDate: new Date(Date.now() + 86_400_000),
      }),
    );
    times.push(performance.now() - start);
  }
  client.destroy();
  return median(times);
}

function clientOf(): S3Client {
  return new S3Client({ endpoint: ENDPOINT ?? '', forcePathStyle: true, region: 'us-east-1' });
}
