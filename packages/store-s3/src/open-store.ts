import type { LogStore, StoreOptions } from '@zegel/log/port';
import { Bucket } from './bucket/bucket.ts';
import { Replica } from './replica/replica.ts';
import { parseS3Url, type S3Place } from './s3-url.ts';
import { StoreError } from './store-error.ts';
import { checkReplica, isSucceeded, newestSigned } from './store/check-replica.ts';
import type { Context } from './store/context.ts';
import { Follower } from './store/follower.ts';
import { requireHeld } from './store/held-to.ts';
import { RetentionTeller } from './store/retention-teller.ts';
import { S3Store } from './store/s3-store.ts';
import { SegmentCache } from './store/segment-cache.ts';
import { Trust } from './store/trust.ts';

const BUSY_TIMEOUT = 10_000;

/**
 * Opens the log in a bucket (format v1 §6). A log begins with its first segment: `create` makes nothing and refuses a
 * place where there is one, `write` and `read` need one. Both modes that write need `signer`. What is derived is kept
 * in `home` and shared by all processes that name the same, or is in memory and taken in from the bucket on opening.
 *
 * @param location `s3://bucket/prefix?…`
 * @throws StoreError `STORE_EXISTS`, `STORE_NOT_FOUND`, `STORE_READ_ONLY`, `STORE_CORRUPT`, `STORE_FULL`, `STORE_BUSY`, `STORE_IO`,
 *   `STORE_UNSAFE`
 */
export async function openStore(location: string, options: StoreOptions): Promise<LogStore> {
  const place = parseS3Url(location);
  const signer = options.mode === 'read' ? undefined : options.signer;
  if (options.mode !== 'read' && signer === undefined)
    throw new StoreError('STORE_READ_ONLY', 'a log in a bucket can be written with its signing key only');
  const trust = new Trust(signer, options.vkey);
  const bucket = new Bucket(place);
  const replica = await replicaFor(bucket, place, trust, options.home).catch((cause: unknown) => {
    bucket.close();
    throw cause;
  });
  const context: Context = {
    place,
    bucket,
    replica,
    trust,
    signer,
    signed: options.signed,
    busyTimeout: options.busyTimeout ?? BUSY_TIMEOUT,
    terms: options.terms ?? {},
    cache: new SegmentCache(),
    retentions: new RetentionTeller(replica, options.onRetention),
  };
  try {
    const follower = await begin(context, options.mode);
    return new S3Store(context, follower);
  } catch (cause) {
    bucket.close();
    replica.close();
    throw cause;
  }
}

/**
 * What this machine keeps of the log. Where that is of another place, or was taken in under another key and the bucket still
 * bears that one out, it is left to whom it belongs, and this store keeps all in memory.
 */
async function replicaFor(
  bucket: Bucket,
  place: S3Place,
  trust: Trust,
  home: string | undefined,
): Promise<Replica> {
  const kept = new Replica(home, nameOf(place), trust.base);
  try {
    if (kept.isOurs()) return kept;
    const state = kept.state();
    const theirs = {
      bucket,
      replica: kept,
      trust: new Trust(undefined, state.keys[0]),
      cache: new SegmentCache(),
    };
    if (kept.isHere() && (await isSucceeded(theirs, trust.base[0]))) {
      kept.reset(state.generation, newestSigned(theirs, state));
      if (kept.isOurs()) return kept;
    }
  } catch (cause) {
    kept.close();
    throw cause;
  }
  kept.close();
  return new Replica(undefined, nameOf(place), trust.base);
}

async function begin(context: Context, mode: StoreOptions['mode']): Promise<Follower> {
  const follower = new Follower(context);
  await checkReplica(context, mode);
  await follower.refresh();
  const { next } = context.replica.state();
  const { bucket, prefix } = context.place;
  if (mode === 'create' && next > 0)
    throw new StoreError('STORE_EXISTS', `there is a log in s3://${bucket}/${prefix} already`);
  if (mode !== 'create' && next === 0) throw notFound(context.place, follower);
  if (mode !== 'read') await requireHeld(context, follower);
  return follower;
}

function notFound({ bucket, prefix }: S3Place, { beyond }: Follower): StoreError {
  const place = `s3://${bucket}/${prefix}`;
  if (beyond.length === 0) return new StoreError('STORE_NOT_FOUND', `there is no log in ${place}`);
  return new StoreError(
    'STORE_CORRUPT',
    `what is in ${place} does not begin a log that the key given has signed`,
  );
}

function nameOf({ bucket, prefix, endpoint, region }: S3Place): string {
  return JSON.stringify([endpoint ?? region ?? '', bucket, prefix]);
}
