import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type Answer, type Range, rangeHeader, readBody } from './body.ts';
import { type BucketPlace, s3Client } from './client.ts';
import { failureOf } from './failure.ts';
import { type Link, listKeys, listVersions } from './listing.ts';
import { type BucketKind, isThere, makeBucket } from './make-bucket.ts';
import type { Lock, LockState, ObjectVersion, Outcome } from './object-version.ts';
import { readLock, setHold } from './protection.ts';
import { type Counts, Requests } from './requests.ts';
import { type BucketSettings, readSettings } from './settings.ts';
import { pageOfVersions, type VersionsPage } from './versions-page.ts';
import type { ServerClock } from './server-clock.ts';

/** How patient a {@link Bucket} is. */
export interface BucketOptions {
  /** Milliseconds that one attempt may last, besides the time that its own bytes take. Default 10,000. */
  readonly timeoutMs?: number;
}

/** How an object is served, and on what condition it is put. */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly cacheControl: string;
  /** ETag of what it is to follow: else the outcome is `taken`. */
  readonly ifMatch?: string;
}

/** What a read may ask for besides the key. */
export interface GetOptions extends Range {
  readonly versionId?: string;
  /** Bytes of the whole object as listed. What comes in another length, though the answer says so, was cut on its way. */
  readonly size?: number;
}

/**
 * One bucket, or what is under a prefix in it: keys are given and returned without that prefix.
 *
 * Reads are repeated a few times with growing pauses when no sound answer comes. Writes are sent once: an
 * `unknown` outcome means that the object may be there or still arrive, and whoever wrote it finds out by reading. Only where
 * it is certain that nothing was sent, or nothing done, are they tried again.
 * All else is a {@link StoreError}: `STORE_NOT_FOUND` (no such bucket), `STORE_READ_ONLY` (a write that the credentials
 * do not allow), `STORE_FULL`, `STORE_UNSAFE` (the server can't do it), `STORE_CLOCK`, `STORE_CLOSED`, `STORE_IO`.
 */
export class Bucket {
  readonly place: BucketPlace;
  readonly #client: S3Client;
  readonly #requests: Requests;
  readonly #link: Link;

  constructor(place: BucketPlace, { timeoutMs = 10_000 }: BucketOptions = {}) {
    this.place = place;
    this.#requests = new Requests(place.bucket, timeoutMs);
    this.#client = s3Client(place, this.#requests);
    this.#link = { client: this.#client, requests: this.#requests, place };
  }

  /** Requests sent so far, repeated ones included. */
  get counts(): Counts {
    return this.#requests.counts;
  }

  /** What the server's answers so far tell of its clock. */
  get clock(): Pick<ServerClock, 'skewMs' | 'isFresh'> {
    return this.#requests.clock;
  }

  /** Puts an object where none is (`If-None-Match: *`). */
  create(key: string, body: Uint8Array, lock?: Lock, headers?: ObjectHeaders): Promise<Outcome> {
    return this.#write(key, body, { ...lockFields(lock), ...headerFields(headers), IfNoneMatch: '*' });
  }

  /** Puts an object whatever is there: in a versioned bucket, a younger version of it. */
  put(key: string, body: Uint8Array, lock?: Lock, headers?: ObjectHeaders): Promise<Outcome> {
    return this.#write(key, body, { ...lockFields(lock), ...headerFields(headers) });
  }

  async #write(key: string, body: Uint8Array, fields: PutFields): Promise<Outcome> {
    const command = (): PutObjectCommand =>
      new PutObjectCommand({ ...at(this.place, key), Body: body, ...fields });
    return this.#requests.write(key, body.length, (abortSignal) =>
      this.#client.send(command(), { abortSignal }),
    );
  }

  /** The object, or the part of it that `from` and `to` bound; undefined where there is none or a delete marker. */
  get(key: string, { versionId, size, ...range }: GetOptions = {}): Promise<Uint8Array | undefined> {
    const header = rangeHeader(range);
    const command = (): GetObjectCommand =>
      new GetObjectCommand({
        ...at(this.place, key, versionId),
        ...(header === undefined ? {} : { Range: header }),
      });
    const asked = { operation: versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', key };
    return this.#requests.read('gets', asked, async (abortSignal, expect) => {
      try {
        const output = await this.#client.send(command(), { abortSignal });
        const { ContentLength: length, ContentRange: contentRange } = output;
        expect(length ?? 0);
        const answer = { body: output.Body as Answer['body'], length, contentRange };
        return await readBody(answer, range, abortSignal, size);
      } catch (thrown) {
        const { kind, status } = failureOf(thrown);
        if (kind === 'no-key') return undefined;
        if (status === 416) return new Uint8Array(0);
        throw thrown;
      }
    });
  }

  /**
   * All versions of all keys that begin with `prefix`: by key in byte order, within a key as the server lists
   * them, the youngest first. A delete marker stands first of its key when it is the latest, else last.
   */
  versions(prefix: string): Promise<ObjectVersion[]> {
    return listVersions(this.#link, prefix);
  }

  /** One page of {@link Bucket.versions}, of keys that come after the key `after`. */
  versionsAfter(prefix: string, after?: string): Promise<VersionsPage> {
    return pageOfVersions(this.#link, prefix, after);
  }

  /** Keys that begin with `prefix` and come after the key `startAfter`, in byte order; what a delete marker hides is left out. */
  list(
    prefix: string,
    startAfter?: string,
    limit: number = Number.POSITIVE_INFINITY,
  ): Promise<readonly string[]> {
    return listKeys(this.#link, { prefix, startAfter, limit });
  }

  /** Removes a version for good; without `versionId`, the object of a plain bucket. What is not there is removed already. */
  async remove(key: string, versionId?: string): Promise<void> {
    const command = (): DeleteObjectCommand => new DeleteObjectCommand(at(this.place, key, versionId));
    const operation = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
    await this.#requests.read('puts', { operation, key }, async (abortSignal) => {
      try {
        await this.#client.send(command(), { abortSignal });
      } catch (thrown) {
        if (failureOf(thrown).kind !== 'no-key') throw thrown;
      }
    });
  }

  /** Sets or lifts the legal hold of a version. Returns whether it is there. */
  legalHold(key: string, versionId: string, on: boolean): Promise<boolean> {
    return setHold(this.#link, { key, versionId }, on);
  }

  /** What protects a version; undefined where there is none. Without s3:GetObjectRetention servers show no lock. */
  lockOf(key: string, versionId: string): Promise<LockState | undefined> {
    return readLock(this.#link, { key, versionId });
  }

  /** How the bucket is set up. */
  async settings(): Promise<BucketSettings> {
    return readSettings(this.#link);
  }

  /** Whether there is such a bucket. */
  async isThere(): Promise<boolean> {
    return isThere(this.#link);
  }

  /** Makes the bucket. @throws StoreError STORE_EXISTS too, when its name is somebody else's */
  async make(kind: BucketKind): Promise<void> {
    return makeBucket(this.#link, kind);
  }

  /** Ends the connections; requests under way fail, and later ones with `STORE_CLOSED`. */
  close(): void {
    this.#requests.close();
    this.#client.destroy();
  }
}

// Out of the class: the compiler takes a property named as its class for the class (TypeScript 7.0.2).
function at(
  { bucket, prefix }: BucketPlace,
  key: string,
  versionId?: string,
): { Bucket: string; Key: string; VersionId?: string } {
  const object = { Bucket: bucket, Key: prefix + key };
  return versionId === undefined ? object : { ...object, VersionId: versionId };
}

type PutFields = Omit<PutObjectCommandInput, 'Bucket' | 'Key' | 'Body'>;

function headerFields(headers: ObjectHeaders | undefined): PutFields {
  if (headers === undefined) return {};
  const { contentType, cacheControl, ifMatch } = headers;
  return {
    ContentType: contentType,
    CacheControl: cacheControl,
    ...(ifMatch === undefined ? {} : { IfMatch: `"${ifMatch}"` }),
  };
}

function lockFields(lock: Lock | undefined): {
  ObjectLockMode?: 'COMPLIANCE' | 'GOVERNANCE';
  ObjectLockRetainUntilDate?: Date;
} {
  if (lock === undefined) return {};
  const mode = lock.mode === 'compliance' ? 'COMPLIANCE' : 'GOVERNANCE';
  return { ObjectLockMode: mode, ObjectLockRetainUntilDate: lock.until };
}
