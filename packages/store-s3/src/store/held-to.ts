import { equalBytes, FormatError, NoteError, openCheckpoint } from '@zegel/core';
import { rootAt } from '../replica/hashes.ts';
import { seenHeads, segmentAt } from '../replica/lookups.ts';
import type { Replica } from '../replica/replica.ts';
import { stateOf } from '../replica/replica.ts';
import type { SeenHead } from '../replica/rows.ts';
import { StoreError } from '../store-error.ts';
import { type Context, trustAt, trustNext } from './context.ts';
import type { Follower } from './follower.ts';
import { inOrder } from './in-order.ts';
import { CHECKPOINTS, checkpointKey, MAX_CHECKPOINT_BYTES, numberIn, segmentKey } from './keys.ts';
import { allKeys } from './listing.ts';

const AHEAD = 16;

/** A checkpoint that a key of the log has signed and that the entries in the bucket do not bear out. */
export interface Contradiction {
  /** For people: names the checkpoint and what is wrong. */
  readonly reason: string;
  /** First entry that is lost or another one, as far as is known. */
  readonly index: number;
}

/**
 * Whether the log was more, or something else, than what stands in the bucket: what was signed is known there by the
 * checkpoints from its last segment on. Whoever goes on over a loss would sign a fork.
 */
export async function contradiction(
  context: Context,
  follower: Follower,
): Promise<Contradiction | undefined> {
  const doubted = await doubtful(context);
  if (doubted.length === 0 && forgotten(context) === undefined) return undefined;
  // Another writer may have appended between our listing of segments and that of checkpoints: these very ones are held
  // against what there is now. Younger ones are not looked at, for they would be ahead of us again.
  await follower.refresh();
  const found = doubted.map(({ key, note }) => problem(context, key, note));
  return found.find((one) => one !== undefined) ?? forgotten(context);
}

/** Notes of checkpoints that this machine knew of a log of this name and that the one in the bucket does not bear out. */
export function remembered({
  replica,
  trust,
}: Context): readonly { head: SeenHead; contradiction: Contradiction }[] {
  const state = replica.state();
  const heads = replica.read((rows) => seenHeads(rows, trustAt({ trust }, state).origin));
  return heads.flatMap((head) => {
    const disproved = disproof(replica, head, `this machine has seen ${checkpointKey(head.size)}, which`);
    return disproved === undefined ? [] : [{ head, contradiction: disproved }];
  });
}

function forgotten(context: Context): Contradiction | undefined {
  return remembered(context)[0]?.contradiction;
}

/** @throws StoreError `STORE_CORRUPT` */
export async function requireHeld(context: Context, follower: Follower): Promise<void> {
  refuse(await contradiction(context, follower));
}

/** The same of what this machine remembers alone, for who is about to sign. @throws StoreError `STORE_CORRUPT` */
export function requireRemembered(context: Context): void {
  refuse(forgotten(context));
}

function refuse(found: Contradiction | undefined): void {
  if (found === undefined) return;
  const { reason, index } = found;
  throw new StoreError('STORE_CORRUPT', `${reason}: nothing is appended until it is put back`, { index });
}

interface Note {
  readonly key: string;
  readonly note: Uint8Array;
}

/** Signed checkpoints, from the last segment on, that what was taken in does not bear out. */
async function doubtful(context: Context): Promise<readonly Note[]> {
  const { bucket, replica } = context;
  const { next } = replica.state();
  const last = replica.read((rows) => segmentAt(rows, next - 1))?.first ?? 0;
  const found: Note[] = [];
  for await (const keys of allKeys(bucket, CHECKPOINTS, checkpointKey(last))) {
    const versions = keys.flatMap((each) => each.versions);
    const notes = versions.filter(
      ({ isDeleteMarker, size }) => !isDeleteMarker && size <= MAX_CHECKPOINT_BYTES,
    );
    const fetched = inOrder(notes, AHEAD, async ({ key, versionId, size }) => ({
      key,
      note: await bucket.get(key, { versionId, size }),
    }));
    for await (const { key, note } of fetched)
      if (note !== undefined && problem(context, key, note) !== undefined) found.push({ key, note });
  }
  return found;
}

function problem({ replica, trust }: Context, key: string, note: Uint8Array): Contradiction | undefined {
  const state = replica.state();
  const { origin, verifiers } = trustAt({ trust }, state);
  try {
    const { checkpoint } = openCheckpoint(note, verifiers);
    const { size, root } = checkpoint;
    if (checkpoint.origin !== origin || size !== numberIn(CHECKPOINTS, key)) return undefined;
    // A key that was retired tells nothing of what came after it.
    if (size > state.next) openCheckpoint(note, trustNext({ trust }, state).verifiers);
    return disproof(replica, { size, root }, key);
  } catch (cause) {
    if (cause instanceof NoteError || cause instanceof FormatError) return undefined;
    throw cause;
  }
}

/** What is wrong between a checkpoint and what was taken in; `name` begins the sentence about it. */
function disproof(
  replica: Replica,
  { size, root }: { readonly size: number; readonly root: Uint8Array },
  name: string,
): Contradiction | undefined {
  return replica.snapshot((rows) => {
    const { next } = stateOf(rows);
    if (size > next)
      return { reason: `${name} is signed, and the log ends before ${segmentKey(next)}`, index: next };
    if (equalBytes(rootAt(rows, size), root)) return undefined;
    const index = segmentAt(rows, size - 1)?.first ?? 0;
    return { reason: `${name} is signed, and the entries below it have another root`, index };
  });
}
