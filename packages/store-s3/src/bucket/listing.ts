import { ListObjectsV2Command, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { StoreError } from '../store-error.ts';
import type { BucketPlace } from './client.ts';
import type { ObjectVersion } from './object-version.ts';
import type { Requests } from './requests.ts';
import { decodeKey, joinPages, type VersionPage, versionPage } from './version-order.ts';

/** By what means a bucket is asked. */
export interface Link {
  readonly client: S3Client;
  readonly requests: Requests;
  readonly place: BucketPlace;
}

/** Which keys are listed. */
export interface KeyRange {
  readonly prefix: string;
  readonly startAfter: string | undefined;
  readonly limit: number;
}

const PAGE = 1000;

interface VersionMark {
  readonly KeyMarker: string;
  readonly VersionIdMarker?: string;
}

/** All versions under a prefix, pages joined. */
export async function listVersions(link: Link, prefix: string): Promise<ObjectVersion[]> {
  const { client, requests, place } = link;
  const pages: VersionPage[] = [];
  let after: VersionMark | undefined;
  do {
    const command = (): ListObjectVersionsCommand =>
      new ListObjectVersionsCommand({
        Bucket: place.bucket,
        Prefix: place.prefix + prefix,
        EncodingType: 'url',
        ...after,
      });
    const output = await requests.read('lists', { operation: 's3:ListBucketVersions' }, (abortSignal) =>
      client.send(command(), { abortSignal }),
    );
    pages.push(versionPage(output, place.prefix));
    const key = decodeKey(output.NextKeyMarker ?? '');
    const version = output.NextVersionIdMarker;
    if (output.IsTruncated !== true) break;
    if (key === '' || (key === after?.KeyMarker && version === after.VersionIdMarker)) throw stuck(place);
    after = { KeyMarker: key, ...(version === undefined ? {} : { VersionIdMarker: version }) };
  } while (after !== undefined);
  return joinPages(pages);
}

/** Current keys of a range, pages joined. */
export async function listKeys(link: Link, range: KeyRange): Promise<readonly string[]> {
  const { client, requests, place } = link;
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const command = (): ListObjectsV2Command =>
      new ListObjectsV2Command({
        Bucket: place.bucket,
        Prefix: place.prefix + range.prefix,
        EncodingType: 'url',
        MaxKeys: Math.min(range.limit - keys.length, PAGE),
        ...(range.startAfter === undefined ? {} : { StartAfter: place.prefix + range.startAfter }),
        ...(token === undefined ? {} : { ContinuationToken: token }),
      });
    const output = await requests.read('lists', { operation: 's3:ListBucket' }, (abortSignal) =>
      client.send(command(), { abortSignal }),
    );
    for (const { Key } of output.Contents ?? []) keys.push(decodeKey(Key ?? '').slice(place.prefix.length));
    const next = output.IsTruncated === true ? output.NextContinuationToken : undefined;
    if (output.IsTruncated === true && (next === undefined || next === token)) throw stuck(place);
    token = next;
  } while (token !== undefined && keys.length < range.limit);
  return keys.slice(0, range.limit);
}

function stuck({ bucket }: BucketPlace): StoreError {
  return new StoreError('STORE_IO', `the listing of ${bucket} does not go on`);
}
