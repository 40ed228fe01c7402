/**
 * `npm run bench [-- --entries 5000000 --rounds 5 --only append,verify --dir DIR]`: every figure of docs and issues, measured in
 * one run and printed as a table and as JSON (`bench/results.json`). Nothing here fails: a figure that is missed says so.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAppend, benchLatency, entriesOf } from './append.ts';
import { bigLog } from './big-log.ts';
import { benchCaptureSql } from './capture-sql.ts';
import { benchDisk } from './disk.ts';
import { benchOutbox } from './outbox.ts';
import { benchHttp } from './http.ts';
import { benchS3 } from './s3.ts';
import { benchLag, benchSearch } from './search.ts';
import { all, report } from './stats.ts';
import { benchVerify } from './verify.ts';
import { benchViewer } from './viewer.ts';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    count: { type: 'string', default: '240000' },
    rounds: { type: 'string', default: '5' },
    only: {
      type: 'string',
      default: 'append,latency,disk,outbox,verify,search,lag,viewer,capture-sql,http,s3',
    },
    dir: { type: 'string' },
  },
});
const dir = values.dir ?? mkdtempSync(join(tmpdir(), 'zegel-bench-'));
const only = new Set(values.only.split(','));
const [entries, count, rounds] = [Number(values.entries), Number(values.count), Number(values.rounds)];
const big = join(dir, `log-${entries}`);

console.log(
  `${cpus()[0]?.model ?? 'processor'}, ${availableParallelism()} threads, Node ${process.version}\n`,
);
if (only.has('append')) await benchAppend(dir, count, rounds);
if (only.has('latency')) await benchLatency(dir, 1200);
if (only.has('disk')) await benchDisk(dir, 10_000);
if (only.has('outbox')) await benchOutbox(dir, Math.min(count, 60_000), rounds);
if (['verify', 'search', 'lag', 'viewer'].some((each) => only.has(each))) {
  const took = await bigLog(big, entries);
  if (took > 0)
    report({
      what: `appending ${entries} entries for what follows`,
      value: (entries / took) * 1000,
      unit: 'entries/s',
      n: 1,
    });
}
if (only.has('search')) {
  const sample = await entriesOf(dir, 5000, true);
  await benchSearch(big, sample.reduce((sum, e) => sum + e.length, 0) / sample.length, 3);
}
if (only.has('verify')) await benchVerify(big, Math.min(rounds, 3));
if (only.has('lag')) await benchLag(big, 10);
if (only.has('viewer')) await benchViewer(big, rounds);
if (only.has('capture-sql')) await benchCaptureSql(dir, rounds);
if (only.has('http')) await benchHttp(dir, 20_000, rounds);
if (only.has('s3')) await benchS3(dir, count);
writeFileSync(new URL('./results.json', import.meta.url), `${JSON.stringify(all(), undefined, 2)}\n`);
if (values.dir === undefined) rmSync(dir, { recursive: true });
