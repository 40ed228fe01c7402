import { randomBytes } from 'node:crypto';
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  S3Client,
} from '@aws-sdk/client-s3';

/** A server that the environment names. */
export interface Server {
  /** What of it the tests care about. */
  readonly mode: 'atomic creates' | 'several creators may win';
  readonly endpoint: string | undefined;
  readonly variable: string;
}

export const ATOMIC: Server = named('atomic creates', 'ZEGEL_TEST_S3');
export const SEVERAL_WINNERS: Server = named('several creators may win', 'ZEGEL_TEST_S3_CONCURRENT');

/** Both kinds of servers; one that is not named has no endpoint, and its tests are left out. */
export const SERVERS: readonly Server[] = [ATOMIC, SEVERAL_WINNERS];

function named(mode: Server['mode'], variable: string): Server {
  const endpoint = process.env[variable];
  return { mode, endpoint: endpoint === '' ? undefined : endpoint, variable };
}

/** A client that talks to an endpoint as it is told to, with no retries of its own. */
export function clientOf(endpoint: string): S3Client {
  return new S3Client({
    endpoint,
    forcePathStyle: true,
    maxAttempts: 1,
    region: process.env['AWS_REGION'] ?? 'us-east-1',
  });
}

/** A new bucket, with versions and Object Lock where `locked`; buckets of tests stay. */
export async function newBucket(client: S3Client, locked = false): Promise<string> {
  const name = `zegel-${randomBytes(8).toString('hex')}`;
  await client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: locked }));
  return name;
}

/** A version as listed, and no delete marker. */
export type Version = ObjectVersion & { readonly Key: string };

/** Versions of all keys that begin so: keys in order, newest version first within each. */
export async function versionsOf(
  client: S3Client,
  bucket: string,
  prefix: string,
): Promise<readonly Version[]> {
  const found: Version[] = [];
  let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (next !== undefined) {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...next }),
    );
    for (const version of page.Versions ?? []) found.push({ ...version, Key: version.Key ?? '' });
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    next = page.IsTruncated === true ? { KeyMarker, VersionIdMarker } : undefined;
  }
  return found;
}
