import { HeadObjectCommand, PutObjectLegalHoldCommand } from '@aws-sdk/client-s3';
import { failureOf } from './failure.ts';
import type { Link } from './listing.ts';
import type { LockState } from './object-version.ts';

/** A version of a key under the prefix of a bucket. */
interface Version {
  readonly key: string;
  readonly versionId: string;
}

/** What protects a version; undefined where there is none. */
export function readLock(
  { client, requests, place }: Link,
  { key, versionId }: Version,
): Promise<LockState | undefined> {
  const command = (): HeadObjectCommand =>
    new HeadObjectCommand({ Bucket: place.bucket, Key: place.prefix + key, VersionId: versionId });
  const asked = { operation: 's3:GetObjectVersion', key };
  return requests.read('gets', asked, async (abortSignal) => {
    try {
      const head = await client.send(command(), { abortSignal });
      return lockState(head.ObjectLockMode, head.ObjectLockRetainUntilDate, head.ObjectLockLegalHoldStatus);
    } catch (thrown) {
      if (failureOf(thrown).kind === 'no-key') return undefined;
      throw thrown;
    }
  });
}

/** Sets or lifts the legal hold of a version. Returns whether it is there. */
export function setHold(
  { client, requests, place }: Link,
  { key, versionId }: Version,
  on: boolean,
): Promise<boolean> {
  const command = (): PutObjectLegalHoldCommand =>
    new PutObjectLegalHoldCommand({
      ...{ Bucket: place.bucket, Key: place.prefix + key, VersionId: versionId },
      LegalHold: { Status: on ? 'ON' : 'OFF' },
    });
  const asked = { operation: 's3:PutObjectLegalHold', key, isWrite: true };
  return requests.read('puts', asked, async (abortSignal) => {
    try {
      await client.send(command(), { abortSignal });
      return true;
    } catch (thrown) {
      if (failureOf(thrown).kind === 'no-key') return false;
      throw thrown;
    }
  });
}

function lockState(mode: string | undefined, until: Date | undefined, hold: string | undefined): LockState {
  const isLocked = until !== undefined && (mode === 'COMPLIANCE' || mode === 'GOVERNANCE');
  const lock = isLocked
    ? ({ mode: mode === 'COMPLIANCE' ? 'compliance' : 'governance', until } as const)
    : undefined;
  return { lock, legalHold: hold === 'ON' };
}
