import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { StoreError } from '../store-error.ts';
import { failureOf } from './failure.ts';
import type { Link } from './listing.ts';
import { refusal } from './refusal.ts';

/** A `log` has versions and Object Lock, a `plain` one neither. */
export type BucketKind = 'log' | 'plain';

/** Whether the bucket is there. @throws StoreError where that can't be told, as in `Bucket` */
export async function isThere({ client, requests, place }: Link): Promise<boolean> {
  return requests.read('gets', { operation: 's3:ListBucket' }, async (abortSignal) => {
    try {
      await client.send(new HeadBucketCommand({ Bucket: place.bucket }), { abortSignal });
      return true;
    } catch (thrown) {
      const { kind } = failureOf(thrown);
      if (kind === 'no-key' || kind === 'no-bucket') return false;
      throw thrown;
    }
  });
}

/** Makes the bucket. @throws StoreError STORE_EXISTS when the name is taken by somebody else, and as writes of `Bucket` */
export async function makeBucket(link: Link, kind: BucketKind): Promise<void> {
  const { client, requests, place } = link;
  const isLog = kind === 'log';
  const create = new CreateBucketCommand({
    Bucket: place.bucket,
    ...(isLog ? { ObjectLockEnabledForBucket: true } : {}),
    ...location(link),
  });
  try {
    await requests.once('puts', 0, (abortSignal) => client.send(create, { abortSignal }));
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : '';
    if (name === 'BucketAlreadyExists')
      throw new StoreError('STORE_EXISTS', `the bucket "${place.bucket}" belongs to somebody else`, {
        cause: thrown,
      });
    // Made a moment ago, perhaps by a request of ours whose answer was lost.
    if (name !== 'BucketAlreadyOwnedByYou')
      throw refusal(failureOf(thrown), { operation: 's3:CreateBucket', bucket: place.bucket, isWrite: true });
  }
  if (!isLog) return;
  const command = (): PutBucketVersioningCommand =>
    new PutBucketVersioningCommand({
      Bucket: place.bucket,
      VersioningConfiguration: { Status: 'Enabled' },
    });
  await requests.read('puts', { operation: 's3:PutBucketVersioning', isWrite: true }, (abortSignal) =>
    client.send(command(), { abortSignal }),
  );
}

// AWS wants to be told, except in its first region; other servers know one place, by a name of their own.
function location({ place }: Link): {
  CreateBucketConfiguration?: { LocationConstraint: BucketLocationConstraint };
} {
  const { endpoint, region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] } = place;
  if (endpoint !== undefined || region === undefined || region === 'us-east-1') return {};
  return { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
}
