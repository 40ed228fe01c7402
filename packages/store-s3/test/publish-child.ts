/**
 * Publishes a log and is killed at one of its puts: `node publish-child.ts URL VKEY NTH before|after`.
 *
 * @module
 */
import { Bucket } from '../src/bucket/bucket.ts';
import { openStore } from '../src/open-store.ts';
import { publishTo } from '../src/publish/publish.ts';
import { parseS3Url } from '../src/s3-url.ts';

const [url = '', vkey = '', nth = '', when = ''] = process.argv.slice(2);
let puts = 0;

/** As the system would: nothing of this process runs any more. */
async function dying<T>(send: () => Promise<T>): Promise<T> {
  const isDue = puts++ === Number(nth);
  if (isDue && when === 'before') process.kill(process.pid, 'SIGKILL');
  const outcome = await send();
  if (isDue && when === 'after') process.kill(process.pid, 'SIGKILL');
  return outcome;
}

class MortalBucket extends Bucket {
  override create(...args: Parameters<Bucket['create']>): ReturnType<Bucket['create']> {
    return dying(() => super.create(...args));
  }

  override put(...args: Parameters<Bucket['put']>): ReturnType<Bucket['put']> {
    return dying(() => super.put(...args));
  }
}

const log = await openStore(url, { mode: 'read', vkey });
await publishTo(log, new MortalBucket(parseS3Url(url)), { vkey, bundles: true });
process.exit(0);
