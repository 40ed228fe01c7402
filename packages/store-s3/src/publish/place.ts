import type { Bucket } from '../bucket/bucket.ts';
import type { S3Place } from '../s3-url.ts';
import { requireNested } from './nested.ts';
import { PUBLIC_CHECKPOINT } from './public-checkpoint.ts';
import { PublishError } from './publish-error.ts';

/** What makes a place that of a log. */
const OF_A_LOG = ['seg/', 'checkpoint/'];

/** Whether what is public is kept apart from the log. @throws PublishError PUBLIC_PLACE where it would be amid it */
export function isApart(log: S3Place, place: S3Place): boolean {
  if (log.bucket !== place.bucket || log.endpoint !== place.endpoint) return true;
  if (log.prefix === place.prefix) return false;
  if (!place.prefix.startsWith(log.prefix)) return true;
  throw new PublishError(
    'PUBLIC_PLACE',
    `what is public needs a place outside the log's own prefix, "${log.prefix}", or that prefix itself`,
  );
}

/**
 * Looks, before anything is public in a place, whether it can be there: apart from the log, no log stands there; beside it, it hides none.
 *
 * @throws PublishError PUBLIC_PLACE; StoreError STORE_UNSAFE
 */
export async function requireRoom(bucket: Bucket, isElsewhere: boolean): Promise<void> {
  if ((await bucket.get(PUBLIC_CHECKPOINT, { to: 1 })) !== undefined) return;
  if (!isElsewhere) return requireNested(bucket);
  for (const begin of OF_A_LOG)
    if ((await bucket.list(begin)).length > 0)
      throw new PublishError(
        'PUBLIC_PLACE',
        `the place named for what is public is that of a log: it has ${begin}`,
      );
}

/** Bundles stay where whoever prunes finds them. @throws PublishError PUBLIC_PLACE */
export function requireNoBundles(isAsked: boolean): void {
  if (isAsked)
    throw new PublishError(
      'PUBLIC_PLACE',
      'bundles are put beside the log alone: whoever prunes a body must find them and take them away',
    );
}
