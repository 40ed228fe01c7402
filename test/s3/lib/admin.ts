import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import type { Place } from './scene.ts';
import { clientOf, type Version, versionsOf } from './servers.ts';

/** Somebody with every right on the bucket but not the key of the log. Keys are without the prefix. */
export class Admin {
  readonly client: S3Client;
  readonly bucket: string;

  constructor({ endpoint, bucket }: Place) {
    this.client = clientOf(endpoint);
    this.bucket = bucket;
    onTestFinished(() => this.client.destroy());
  }

  /** Returns the version made. */
  async put(key: string, body: Uint8Array | string): Promise<string | undefined> {
    const { VersionId } = await this.client.send(
      new PutObjectCommand({ ...this.#at(key), Body: Buffer.from(body) }),
    );
    return VersionId;
  }

  /** Of one version, or of the newest. */
  async get(key: string, VersionId?: string): Promise<Uint8Array> {
    const { Body } = await this.client.send(new GetObjectCommand({ ...this.#at(key), VersionId }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  }

  /** A version for good, or hides all of them behind a delete marker. */
  async remove(key: string, VersionId?: string, bypass = false): Promise<void> {
    await this.client.send(
      new DeleteObjectCommand({
        ...this.#at(key),
        VersionId,
        ...(bypass && { BypassGovernanceRetention: true }),
      }),
    );
  }

  /** Tries to let the lock of a version end in a minute. */
  async shorten(key: string, VersionId: string): Promise<void> {
    const { ObjectLockMode: Mode } = await this.client.send(
      new HeadObjectCommand({ ...this.#at(key), VersionId }),
    );
    const RetainUntilDate = new Date(Date.now() + 60_000);
    const Retention = { Mode, RetainUntilDate };
    await this.client.send(new PutObjectRetentionCommand({ ...this.#at(key), VersionId, Retention }));
  }

  /** Versions of all keys that begin so, newest first within a key, and the keys in order. */
  async versions(prefix: string): Promise<readonly (Version & { readonly key: string })[]> {
    const all = await versionsOf(this.client, this.bucket, `log/${prefix}`);
    return all.map((version) => ({ ...version, key: version.Key.slice('log/'.length) }));
  }

  /** Keys of the segments, in order. */
  async segments(): Promise<readonly string[]> {
    return [...new Set((await this.versions('seg/')).map(({ key }) => key))];
  }

  /** Takes every version of a key away for good, and returns the oldest one's bytes: what a backup would hold. */
  async takeAway(key: string, bypass = false): Promise<Uint8Array> {
    const versions = (await this.versions(key)).filter((version) => version.key === key);
    const bytes = await this.get(key, versions.at(-1)?.VersionId);
    for (const { VersionId } of versions) await this.remove(key, VersionId, bypass);
    return bytes;
  }

  #at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.bucket, Key: `log/${key}` };
  }
}

/** Key of the segment that begins at an index. */
export function segmentKey(first: number): string {
  return `seg/${String(first).padStart(16, '0')}`;
}

/** Key of the checkpoint of a size. */
export function checkpointKey(size: number): string {
  return `checkpoint/${String(size).padStart(16, '0')}`;
}
