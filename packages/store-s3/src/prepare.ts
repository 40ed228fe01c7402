import { Bucket } from './bucket/bucket.ts';
import type { BucketKind } from './bucket/make-bucket.ts';
import { awsCommand } from './probe/aws-command.ts';
import { parseS3Url, type S3Place } from './s3-url.ts';
import { StoreError } from './store-error.ts';

/** How buckets are prepared. */
export interface PrepareOptions {
  /** Makes those that are missing. Default: a missing one is an error. */
  readonly create?: boolean;
}

/**
 * Sees to it that both buckets of a log are there: that of the log with versions and Object Lock, that of the
 * vault with neither. One that exists is left as it is; `probe` tells whether it will do. Returns the names of those made.
 *
 * @throws StoreError STORE_NOT_FOUND (a bucket is missing, or the URL names none), STORE_EXISTS (the name belongs to
 *   somebody else), STORE_READ_ONLY (not allowed to make one), STORE_IO
 */
export async function prepareBuckets(
  url: string,
  { create = false }: PrepareOptions = {},
): Promise<readonly string[]> {
  const place = parseS3Url(url);
  const made: string[] = [];
  if (await prepare(place, place.bucket, 'log', create)) made.push(place.bucket);
  if (await prepare(place, place.vaultBucket, 'plain', create)) made.push(place.vaultBucket);
  return made;
}

async function prepare(place: S3Place, name: string, kind: BucketKind, create: boolean): Promise<boolean> {
  const bucket = new Bucket({ bucket: name, prefix: '', endpoint: place.endpoint, region: place.region });
  try {
    if (await bucket.isThere()) return false;
    if (!create) throw new StoreError('STORE_NOT_FOUND', missing(place, name, kind));
    await bucket.make(kind);
    return true;
  } finally {
    bucket.close();
  }
}

function missing(place: S3Place, name: string, kind: BucketKind): string {
  // AWS wants to be told the place, except in its first region.
  const isElsewhere =
    place.endpoint === undefined && place.region !== undefined && place.region !== 'us-east-1';
  const where = isElsewhere ? ` --create-bucket-configuration LocationConstraint=${place.region}` : '';
  const make = `create-bucket${kind === 'log' ? ' --object-lock-enabled-for-bucket' : ''}${where}`;
  const what = kind === 'log' ? `bucket "${name}"` : `bucket "${name}" for the vault`;
  return `there is no ${what}: --create-bucket makes what is missing, or ${awsCommand(place, name, make)}`;
}
