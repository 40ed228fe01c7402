import { createHash, randomBytes } from 'node:crypto';
import { createSigner, type Signer } from '@zegel/core';
import type { LogStore, StoreOptions } from '@zegel/log/port';
import { openStore } from '@zegel/store-s3';
import { onTestFinished } from 'vitest';
import { Drilled } from './drilled.ts';
import { clientOf, newBucket } from './servers.ts';

export const ORIGIN = 'drill.example/audit';
/** Of the key of every log here, hex. Whoever attacks does not have it. */
export const SEED: string = createHash('sha256').update('the key of drills').digest('hex');
export const SIGNER: Signer = createSigner(ORIGIN, Buffer.from(SEED, 'hex'));

/** Two new buckets of one log. */
export interface Place {
  readonly endpoint: string;
  readonly bucket: string;
  /** As writers and readers name it, past any proxy. */
  readonly url: string;
  /** The same by way of another endpoint. */
  by(endpoint: string): string;
}

/** How the log's bucket is kept. */
export interface Keeping {
  /** Default none: objects of tests that need no lock can go. */
  readonly lock?: 'none' | 'governance' | 'compliance';
}

/** Makes both buckets of a log, empty. */
async function newPlace(endpoint: string, { lock = 'none' }: Keeping = {}): Promise<Place> {
  const client = clientOf(endpoint);
  try {
    const [bucket, vault] = [await newBucket(client, true), await newBucket(client)];
    const by = (through: string): string =>
      `s3://${bucket}/log?${new URLSearchParams({
        endpoint: through,
        region: 'us-east-1',
        vault,
        lock,
        'lock-days': '1',
        poll: '100',
      }).toString()}`;
    return { endpoint, bucket, url: by(endpoint), by };
  } finally {
    client.destroy();
  }
}

/** Opens a store for one test. */
export async function opened(url: string, options: StoreOptions): Promise<LogStore> {
  const store = await openStore(url, { vkey: SIGNER.vkey, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** A writer for one test, on a machine of its own unless a home is given. */
export async function writer(url: string, options: Partial<StoreOptions> = {}): Promise<Drilled> {
  return new Drilled(await opened(url, { mode: 'write', signer: SIGNER, ...options }), SIGNER);
}

/** A new log with `count` items in it, made past any proxy. */
export async function newLog(endpoint: string, count = 10, keeping: Keeping = {}): Promise<Place> {
  const place = await newPlace(endpoint, keeping);
  const first = await writer(place.url, { mode: 'create' });
  await first.append(items('first', count));
  await first.store.close();
  return place;
}

/** Entries of the log of {@link fourSegments}. */
export const SIZE = 40;

/** A log of four segments of ten entries each. */
export async function fourSegments(endpoint: string, keeping: Keeping = {}): Promise<Place> {
  const place = await newLog(endpoint, 10, keeping);
  const more = await writer(place.url);
  for (let n = 1; n < SIZE / 10; n++) await more.append(items('more', 10));
  await more.store.close();
  return place;
}

/** Names of `count` items that nobody else uses. */
export function items(of: string, count: number): string[] {
  const run = randomBytes(4).toString('hex');
  return Array.from({ length: count }, (_, n) => `${of}:${run}:${n}`);
}
