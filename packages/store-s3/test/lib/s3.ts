import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { type LockRule, parseS3Url, prepareBuckets } from '../../src/index.ts';
import { onTestFinished } from 'vitest';
import { Bucket } from '../../src/bucket/bucket.ts';

/** The S3 server of the tests, with credentials in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
export const S3_ENDPOINT: string | undefined = process.env['ZEGEL_TEST_S3'];

/** Tests that need the server are left out without one; their names say so. */
export const NO_S3: boolean = S3_ENDPOINT === undefined;

/** Why, to put in the name of a test. */
export const NEEDS_S3 = '(needs an S3 server named by ZEGEL_TEST_S3)';

/** How a place for a test is. */
export interface NewBuckets {
  /** Lock of segments. The bucket can lock in any case. Default: none, so that all can be deleted. */
  readonly locked?: LockRule['mode'];
  readonly prefix?: string;
  /** More of the URL, such as `poll=50`. */
  readonly more?: string;
}

/** Two new buckets; the URL of an empty place for a log in them. */
export async function newBuckets({
  locked = 'none',
  prefix = '',
  more = '',
}: NewBuckets = {}): Promise<string> {
  const name = `zegel-${randomBytes(6).toString('hex')}`;
  const query = `endpoint=${S3_ENDPOINT}&region=us-east-1&lock=${locked}${more === '' ? '' : `&${more}`}`;
  const url = `s3://${name}/${prefix}?${query}`;
  await prepareBuckets(url, { create: true });
  return url;
}

/** The log's bucket of a URL, closed when the test ends. */
export function bucketOf(url: string, timeoutMs = 10_000): Bucket {
  const bucket = new Bucket(parseS3Url(url), { timeoutMs });
  onTestFinished(() => bucket.close());
  return bucket;
}

/** A client of an administrator, past the store; closed when the test ends. */
export function administrator(credentials?: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}): S3Client {
  const client = new S3Client({
    endpoint: S3_ENDPOINT ?? '',
    region: 'us-east-1',
    forcePathStyle: true,
    ...(credentials === undefined ? {} : { credentials }),
  });
  onTestFinished(() => client.destroy());
  return client;
}
