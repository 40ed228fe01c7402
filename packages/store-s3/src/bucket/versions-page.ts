import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { Link } from './listing.ts';
import type { ObjectVersion } from './object-version.ts';
import { joinPages, versionPage } from './version-order.ts';

/** Versions of one page of a listing. */
export interface VersionsPage {
  readonly versions: readonly ObjectVersion[];
  /** Whether there is more; the last key may then have more versions than these. */
  readonly isTruncated: boolean;
}

// Ceph gives the versions of the marker's own key once more, and of a key with very many nothing else: no key of ours is this one.
const JUST_AFTER = '\u0001';

/** One page of the versions under a prefix, of keys that come after `after`. */
export async function pageOfVersions(
  { client, requests, place }: Link,
  prefix: string,
  after: string | undefined,
): Promise<VersionsPage> {
  const command = (): ListObjectVersionsCommand =>
    new ListObjectVersionsCommand({
      Bucket: place.bucket,
      Prefix: place.prefix + prefix,
      EncodingType: 'url',
      ...(after === undefined ? {} : { KeyMarker: place.prefix + after + JUST_AFTER }),
    });
  const output = await requests.read('lists', { operation: 's3:ListBucketVersions' }, (abortSignal) =>
    client.send(command(), { abortSignal }),
  );
  return {
    versions: joinPages([versionPage(output, place.prefix)]),
    isTruncated: output.IsTruncated === true,
  };
}
