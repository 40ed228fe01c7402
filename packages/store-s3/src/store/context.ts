import type { Signer } from '@zegel/core';
import type { StoreOptions } from '@zegel/log/port';
import type { Bucket } from '../bucket/bucket.ts';
import type { Replica } from '../replica/replica.ts';
import type { ReplicaState } from '../replica/rows.ts';
import type { S3Place } from '../s3-url.ts';
import { StoreError } from '../store-error.ts';
import type { SegmentTrust } from '../segment/decode-segment.ts';
import type { RetentionTeller } from './retention-teller.ts';
import type { SegmentCache } from './segment-cache.ts';
import type { Trust } from './trust.ts';

/** What the parts of one store object share. */
export interface Context {
  readonly place: S3Place;
  readonly bucket: Bucket;
  readonly replica: Replica;
  readonly trust: Trust;
  /** Undefined in a store that only reads. */
  readonly signer: Signer | undefined;
  /** Checkpoints that were signed elsewhere, by size. */
  readonly signed: StoreOptions['signed'] | undefined;
  readonly busyTimeout: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly cache: SegmentCache;
  readonly retentions: RetentionTeller;
}

/**
 * Verifier keys where a replica stands: those that it names, else those that this store is held to.
 *
 * @throws StoreError `STORE_CORRUPT` where another process has taken in the log of another key meanwhile
 */
export function keysAt({ trust }: Pick<Context, 'trust'>, { keys }: ReplicaState): readonly string[] {
  if (keys.length === 0) return trust.base;
  if (trust.isStrict && !keys.includes(trust.base[0] ?? ''))
    throw new StoreError('STORE_CORRUPT', 'the log in this place is by now one of another key');
  return keys;
}

/** Whose segments and checkpoints are believed of what a replica has taken in. */
export function trustAt({ trust }: Pick<Context, 'trust'>, state: ReplicaState): SegmentTrust {
  return trustIn(trust, state, keysAt({ trust }, state));
}

/**
 * Whose are believed of what comes next: only those of the key in force, for one that was retired signs nothing more (format v1 §2).
 *
 * @param keys where the state names none yet
 */
export function trustNext(
  { trust }: Pick<Context, 'trust'>,
  state: ReplicaState,
  keys: readonly string[] = keysAt({ trust }, state),
): SegmentTrust {
  return trustIn(trust, state, keys.slice(-1));
}

function trustIn(trust: Trust, state: ReplicaState, keys: readonly string[]): SegmentTrust {
  return { origin: state.origin ?? trust.originOf(keys) ?? '', verifiers: trust.verifiers(keys) };
}
