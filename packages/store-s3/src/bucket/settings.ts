import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { failureOf } from './failure.ts';
import type { Link } from './listing.ts';

/** How a bucket is set up. */
export interface BucketSettings {
  readonly versioning: 'enabled' | 'suspended' | 'never';
  readonly objectLock: boolean;
  /** The lock that objects get which were put without one, in words; undefined without. */
  readonly defaultLock: string | undefined;
  readonly replicated: boolean;
  /** Rules that remove objects under the prefix by their age, by name. */
  readonly expiry: readonly string[];
  /** What could not be asked, and why: the credentials do not allow it, or the server knows no such thing. */
  readonly unknown: readonly string[];
}

/** Asks for everything that matters to a log or a vault. @throws StoreError as reads of `Bucket`, where versioning can't be told */
export async function readSettings(link: Link): Promise<BucketSettings> {
  const unknown: string[] = [];
  const { requests, client, place } = link;
  const Bucket = place.bucket;
  const { Status } = await requests.read('gets', { operation: 's3:GetBucketVersioning' }, (abortSignal) =>
    client.send(new GetBucketVersioningCommand({ Bucket }), { abortSignal }),
  );
  const lock = await setting(link, 's3:GetBucketObjectLockConfiguration', unknown, (abortSignal) =>
    client.send(new GetObjectLockConfigurationCommand({ Bucket }), { abortSignal }),
  );
  const replication = await setting(link, 's3:GetReplicationConfiguration', unknown, (abortSignal) =>
    client.send(new GetBucketReplicationCommand({ Bucket }), { abortSignal }),
  );
  const lifecycle = await setting(link, 's3:GetLifecycleConfiguration', unknown, (abortSignal) =>
    client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }), { abortSignal }),
  );
  const rule = lock?.ObjectLockConfiguration?.Rule?.DefaultRetention;
  return {
    versioning: Status === 'Enabled' ? 'enabled' : Status === 'Suspended' ? 'suspended' : 'never',
    objectLock: lock?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
    defaultLock:
      rule === undefined
        ? undefined
        : `${rule.Mode?.toLowerCase()}, ${rule.Days === undefined ? `${rule.Years} years` : `${rule.Days} days`}`,
    replicated: (replication?.ReplicationConfiguration?.Rules ?? []).length > 0,
    expiry: (lifecycle?.Rules ?? []).filter((one) => expires(one, place.prefix)).map(nameOf),
    unknown,
  };
}

/** A setting that may not be there; undefined also where it can't be asked, which is then told. */
async function setting<T>(
  { requests }: Link,
  operation: string,
  unknown: string[],
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  return requests.read('gets', { operation }, async (signal) => {
    try {
      return await send(signal);
    } catch (thrown) {
      const { kind, text } = failureOf(thrown);
      if (kind === 'no-setting') return undefined;
      if (kind !== 'denied' && kind !== 'unable' && kind !== 'refused' && kind !== 'no-key') throw thrown;
      unknown.push(`${operation} (${text})`);
      return undefined;
    }
  });
}

function expires(rule: LifecycleRule, prefix: string): boolean {
  if (rule.Status !== 'Enabled') return false;
  const { Expiration, NoncurrentVersionExpiration, Filter } = rule;
  const removes =
    Expiration?.Days !== undefined ||
    Expiration?.Date !== undefined ||
    NoncurrentVersionExpiration !== undefined;
  const of = Filter?.Prefix ?? Filter?.And?.Prefix ?? rule.Prefix ?? '';
  return removes && (of.startsWith(prefix) || prefix.startsWith(of));
}

function nameOf({ ID, Filter, Prefix }: LifecycleRule): string {
  return ID ?? Filter?.Prefix ?? Prefix ?? 'without a name';
}
