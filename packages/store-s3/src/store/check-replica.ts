import { equalBytes, FormatError, headNote, NoteError, openCheckpoint } from '@zegel/core';
import type { StoreOptions } from '@zegel/log/port';
import { rootAt } from '../replica/hashes.ts';
import { newestHead, segmentAt } from '../replica/lookups.ts';
import type { Replica } from '../replica/replica.ts';
import type { ReplicaState, SeenHead } from '../replica/rows.ts';
import { decodeSegment } from '../segment/decode-segment.ts';
import { MAX_SEGMENT_BYTES } from '../segment/segment.ts';
import { StoreError } from '../store-error.ts';
import { searched } from './bodies.ts';
import { type Context, trustAt } from './context.ts';
import { segmentKey } from './keys.ts';
import { Trust } from './trust.ts';

/**
 * A replica is used only where the bucket has what it took in last, whose `prev` stands for all before it, and where its
 * hashes give the root of the newest checkpoint it knows. It is shared, and may be all that tells of a loss: it is emptied only where
 * its own rows do not fit, and by who reads where the bucket has answered that this segment is gone. What can't be read proves
 * nothing. The newest checkpoint it knew is remembered ({@link SeenHead}).
 *
 * @throws StoreError `STORE_CORRUPT` to who would write: what this machine took in is gone, or can't be read
 */
export async function checkReplica(context: Context, mode: StoreOptions['mode']): Promise<void> {
  const { replica } = context;
  const state = replica.state();
  if (state.next === 0) return;
  const last = replica.read((rows) => segmentAt(rows, state.next - 1));
  const isWhole = last !== undefined && last.first + last.count === state.next;
  if (!isWhole || !isConsistent(replica))
    return replica.reset(state.generation, newestSigned(context, state));
  const body = await searched(context, last);
  if (body.kind === 'segment') return;
  if (mode !== 'read')
    throw new StoreError(
      'STORE_CORRUPT',
      `${body.reason}, and this machine has taken it in: nothing is appended until it is put back`,
      { index: last.first },
    );
  // A version that is there and can't be read may be read another time.
  if (!body.isListed) replica.reset(state.generation, newestSigned(context, state));
}

/**
 * Whether a replica that was taken in under another key than `key` may go: the bucket has a beginning that it has signed, and no
 * longer the one that was taken in. A wrong key would else empty what others are working with.
 */
export async function isSucceeded(
  context: Pick<Context, 'bucket' | 'replica' | 'trust' | 'cache'>,
  key: string | undefined,
): Promise<boolean> {
  const { bucket, replica } = context;
  const begin = replica.read((rows) => segmentAt(rows, 0));
  if (key === undefined || begin === undefined) return true;
  if ((await searched(context, begin)).kind === 'segment') return false;
  const trust = new Trust(undefined, key);
  const own = { origin: trust.originOf([key]) ?? '', verifiers: trust.verifiers([key]) };
  for (const { versionId, isDeleteMarker, size, key: at } of await bucket.versions(segmentKey(0))) {
    if (isDeleteMarker || size > MAX_SEGMENT_BYTES || at !== segmentKey(0)) continue;
    const bytes = await bucket.get(at, { versionId, size });
    if (bytes !== undefined && decodeSegment(bytes, own).kind === 'segment') return true;
  }
  return false;
}

/** The newest checkpoint that a replica knows and that a key of its log has signed. */
export function newestSigned(
  { replica, trust }: Pick<Context, 'replica' | 'trust'>,
  state: ReplicaState,
): SeenHead | undefined {
  const head = replica.read(newestHead);
  const { origin, verifiers } = trustAt({ trust }, state);
  if (head === undefined) return undefined;
  try {
    openCheckpoint(headNote(origin, head), verifiers);
    return { origin, ...head };
  } catch (cause) {
    if (cause instanceof NoteError || cause instanceof FormatError) return undefined;
    throw cause;
  }
}

function isConsistent(replica: Replica): boolean {
  try {
    return replica.snapshot((rows) => {
      const head = newestHead(rows);
      return head === undefined || equalBytes(rootAt(rows, head.size), head.root);
    });
  } catch (cause) {
    if (cause instanceof StoreError && cause.code === 'STORE_CORRUPT') return false;
    throw cause;
  }
}
