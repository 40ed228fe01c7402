import type { KeptObject, RemoteVault } from '@zegel/log/port';
import { Bucket } from '../bucket/bucket.ts';
import { parseS3Url } from '../s3-url.ts';
import { StoreError } from '../store-error.ts';
import { pause } from '../bucket/patience.ts';
import { inParallel } from './in-parallel.ts';

const SECRETS = 'vault/keys';
const HANDLES = 'handle/';
/** Requests under way at once: an object for each handle. */
const WIDTH = 32;
/** Bytes that are read of an object: more of it would be none of ours. */
const MOST = 2 ** 20;
/** Attempts to make an object of which nobody said whether it is there. */
const ATTEMPTS = 6;

/**
 * Opens the place of a log's vault: a bucket of its own that never had versions, so that what is deleted is gone (format v1
 * §6).
 *
 * @param url of the log
 * @throws StoreError `STORE_NOT_FOUND`
 */
export async function openVault(url: string): Promise<RemoteVault> {
  const { vaultBucket, prefix, endpoint, region } = parseS3Url(url);
  return new BucketVault(new Bucket({ bucket: vaultBucket, prefix, endpoint, region }));
}

class BucketVault implements RemoteVault {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  secrets(): Promise<Uint8Array | undefined> {
    return this.#bucket.get(SECRETS, { to: MOST });
  }

  async keepSecrets(secrets: Uint8Array): Promise<Uint8Array> {
    await this.#make(SECRETS, secrets);
    const kept = await this.#bucket.get(SECRETS, { to: MOST });
    if (kept === undefined) throw new StoreError('STORE_IO', `${SECRETS} is gone as soon as it was made`);
    return kept;
  }

  async put(handles: readonly KeptObject[]): Promise<void> {
    await inParallel(handles, WIDTH, ({ number, body }) => this.#make(keyOf(number), body));
  }

  get(numbers: readonly Uint8Array[]): Promise<readonly (Uint8Array | undefined)[]> {
    return inParallel(numbers, WIDTH, (number) => this.#bucket.get(keyOf(number), { to: MOST }));
  }

  async remove(numbers: readonly Uint8Array[]): Promise<void> {
    await inParallel(numbers, WIDTH, (number) => this.#bucket.remove(keyOf(number)));
  }

  async *numbers(): AsyncGenerator<readonly Uint8Array[]> {
    for (let after: string | undefined; ; ) {
      const keys = await this.#bucket.list(HANDLES, after, PAGE);
      const numbers = keys.flatMap((key) => numberIn(key) ?? []);
      if (numbers.length > 0) yield numbers;
      if (keys.length < PAGE) return;
      after = keys.at(-1);
    }
  }

  close(): void {
    this.#bucket.close();
  }

  /** Makes an object; where it is not known whether it was made, the same one is made again, which is then taken. */
  async #make(key: string, body: Uint8Array): Promise<void> {
    let cause: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const outcome = await this.#bucket.create(key, body);
      if (outcome.kind !== 'unknown') return;
      ({ cause } = outcome);
      await pause(attempt, NEVER);
    }
    throw new StoreError('STORE_IO', `it is not known whether ${key} was made`, { cause });
  }
}

const PAGE = 1000;
const NEVER = new AbortController().signal;

function keyOf(number: Uint8Array): string {
  return HANDLES + Buffer.from(number.buffer, number.byteOffset, number.length).toString('hex');
}

function numberIn(key: string): Uint8Array | undefined {
  const text = key.slice(HANDLES.length);
  return /^[0-9a-f]{32}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
}
