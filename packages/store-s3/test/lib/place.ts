import { randomBytes } from 'node:crypto';
import { type NewBuckets, newBuckets } from './s3.ts';

const made = new Map<string, Promise<string>>();

/**
 * The URL of an empty place for a log: a prefix of its own, in buckets that the tests of a file share. Servers
 * bound how many buckets there may be.
 */
export async function newPlace(options: Omit<NewBuckets, 'prefix'> = {}): Promise<string> {
  const { locked = 'none' } = options;
  const buckets = made.get(locked) ?? newBuckets({ locked });
  made.set(locked, buckets);
  const [bucket, query] = (await buckets).split('?');
  const more = options.more === undefined ? '' : `&${options.more}`;
  return `${bucket}${randomBytes(6).toString('hex')}?${query}${more}`;
}
