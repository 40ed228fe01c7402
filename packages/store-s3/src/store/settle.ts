import { equalBytes } from '@zegel/core';
import type { Bucket } from '../bucket/bucket.ts';
import { messageOf } from '../bucket/message.ts';
import type { Lock, ObjectVersion, Outcome } from '../bucket/object-version.ts';
import { decodeSegment, type SegmentTrust } from '../segment/decode-segment.ts';
import { fetchSegment } from '../segment/fetch-segment.ts';
import type { Segment } from '../segment/segment.ts';
import { StoreError } from '../store-error.ts';
import { truthOf } from '../truth.ts';
import type { Context } from './context.ts';
import { firstKeys } from './first-keys.ts';
import { requireNoHole } from './hole.ts';
import { SEGMENTS, segmentKey } from './keys.ts';
import { type KeyVersions, pageAfter } from './listing.ts';
import { oldestVersion } from './oldest-version.ts';
import { backOff } from './pause.ts';
import { Trust } from './trust.ts';

/** Refusals for what stands at the key or around it, whatever became of an attempt of ours. */
const IS_KNOWN: ReadonlySet<string> = new Set(['STORE_CORRUPT', 'STORE_EXISTS']);

/** Bytes that are to become the segment at a key. */
export interface Attempt {
  readonly first: number;
  /** Index after its last entry, whose leaf hash is `leaf`. */
  readonly end: number;
  readonly leaf: Uint8Array;
  readonly bytes: Uint8Array;
  readonly lock: Lock | undefined;
  /** Whether a request of ours may still arrive there. */
  isUnknown: boolean;
}

/** What the truth of the key is. */
export type Settled =
  | { readonly kind: 'mine'; readonly version: string }
  | {
      readonly kind: 'others';
      readonly version: Pick<ObjectVersion, 'versionId' | 'size'>;
      readonly segment: Segment;
    };

/** How a truth is known at the key. */
export interface Expectation {
  readonly trust: SegmentTrust;
  /** Whether a segment chains on. */
  readonly accept: (segment: Segment) => boolean;
}

/**
 * Puts a segment and finds out what the truth of its key then is (format v1 §6). After an unknown outcome the same bytes are
 * tried again until the truth is known. If we crash here, the segment is there or it is not; if it is, who comes next takes
 * it in and gives it a checkpoint.
 *
 * @throws StoreError `STORE_IO` when nothing is known at the deadline; `attempt.isUnknown` says whether it may be there
 */
export async function settle(
  context: Context,
  attempt: Attempt,
  expectation: Expectation,
  deadline: number,
): Promise<Settled> {
  try {
    return await known(context, attempt, expectation, deadline);
  } catch (cause) {
    if (!attempt.isUnknown || !(cause instanceof StoreError) || IS_KNOWN.has(cause.code)) throw cause;
    throw mayBeThere(attempt, cause);
  }
}

async function known(
  context: Context,
  attempt: Attempt,
  expectation: Expectation,
  deadline: number,
): Promise<Settled> {
  const { bucket } = context;
  const key = segmentKey(attempt.first);
  let outcome = await tried(attempt, () => bucket.create(key, attempt.bytes, attempt.lock));
  for (let tries = 0; ; tries++) {
    const truth = await truthAt(context, attempt, outcome, expectation);
    if (truth !== undefined) return truth;
    if (performance.now() >= deadline) throw unsettled(outcome);
    // What was made and is not listed will be; what is unknown is tried again; only garbage stands where a key is taken.
    if (outcome.kind !== 'taken') await backOff(tries);
    if (outcome.kind === 'unknown')
      outcome = await tried(attempt, () => bucket.create(key, attempt.bytes, attempt.lock));
    else if (outcome.kind === 'taken')
      outcome = await tried(attempt, () => bucket.put(key, attempt.bytes, attempt.lock));
  }
}

async function tried(attempt: Attempt, write: () => Promise<Outcome>): Promise<Outcome> {
  const before = attempt.isUnknown;
  // Whatever interrupts us from here on, the object may be there.
  attempt.isUnknown = true;
  try {
    return await write();
  } catch (cause) {
    // An error is a refusal: this request, at least, has left nothing.
    attempt.isUnknown = before;
    throw cause;
  }
}

async function truthAt(
  context: Context,
  attempt: Attempt,
  outcome: Outcome,
  { trust, accept }: Expectation,
): Promise<Settled | undefined> {
  const { bucket } = context;
  const key = segmentKey(attempt.first);
  const { here, beyond } = await standing(bucket, attempt.first);
  const oldest = oldestVersion(here);
  if (oldest === undefined) return undefined;
  if (isMine(oldest, outcome)) {
    await requireNoHole(bucket, attempt, beyond, trust);
    return settled(attempt, oldest.versionId);
  }
  if (attempt.first === 0) await requireOwn(context, here);
  // Nearly always the oldest is the truth: it is looked at before all that stand there are.
  const quick = await fetchSegment(bucket, oldest, trust);
  const read = quick instanceof Uint8Array ? decodeSegment(quick, trust) : undefined;
  if (quick instanceof Uint8Array && read?.kind === 'segment' && accept(read))
    return settled(attempt, oldest.versionId, { bytes: quick, segment: read });
  const { version, segment, bytes } = await truthOf(bucket, key, accept, trust);
  if (version === undefined || segment === undefined || bytes === undefined) return undefined;
  return settled(attempt, version.versionId, { bytes, segment });
}

/**
 * A log begins with a key of its own, so that another log's first segment is no truth of ours and yet must not be built over: of
 * two who begin one at once, the second has come too late.
 *
 * @throws StoreError `STORE_EXISTS`
 */
async function requireOwn({ bucket, signer }: Context, here: readonly ObjectVersion[]): Promise<void> {
  const any = { bucket, signer: undefined, trust: new Trust(undefined, undefined) };
  const vkey = (await firstKeys(any, here)).at(-1);
  if (vkey === undefined || vkey === signer?.vkey) return;
  throw new StoreError('STORE_EXISTS', `another log was begun there at the same time, with the key ${vkey}`);
}

/** What stands at a key, and at those after it: one listing for both. */
async function standing(
  bucket: Bucket,
  first: number,
): Promise<{ readonly here: readonly ObjectVersion[]; readonly beyond: readonly KeyVersions[] }> {
  const key = segmentKey(first);
  const { keys } = await pageAfter(bucket, SEGMENTS, first === 0 ? undefined : segmentKey(first - 1));
  const here = keys.find((each) => each.key === key)?.versions;
  return {
    here: here ?? (await bucket.versions(key)).filter((version) => version.key === key),
    beyond: keys.filter((each) => each.key > key),
  };
}

/** The truth is known: whatever of ours still arrives is younger. */
function settled(
  attempt: Attempt,
  version: string,
  found?: { readonly bytes: Uint8Array; readonly segment: Segment },
): Settled {
  attempt.isUnknown = false;
  if (found === undefined || equalBytes(found.bytes, attempt.bytes)) return { kind: 'mine', version };
  return {
    kind: 'others',
    version: { versionId: version, size: found.bytes.length },
    segment: found.segment,
  };
}

function isMine(version: ObjectVersion, outcome: Outcome): boolean {
  return outcome.kind === 'made' && outcome.versionId === version.versionId;
}

function unsettled(outcome: Outcome): StoreError {
  const cause = outcome.kind === 'unknown' ? outcome.cause : undefined;
  const why = cause === undefined ? 'no version of it is listed' : messageOf(cause);
  return new StoreError('STORE_IO', `no clear answer in time (${why})`, { cause });
}

/** Whatever stopped us: something of ours may be there, which whoever hears of it has to know. */
function mayBeThere({ first }: Attempt, cause: StoreError): StoreError {
  const what = `it is not known whether ${segmentKey(first)} was stored: the entries may be there`;
  return new StoreError(
    cause.code === 'STORE_CLOSED' ? cause.code : 'STORE_IO',
    `${what} (${cause.message})`,
    { cause },
  );
}
