import { FormatError, headNote, NoteError, readHead } from '@zegel/core';
import { headAt } from '../replica/lookups.ts';
import { type Context, trustAt } from './context.ts';
import { isListedAs } from './etag.ts';
import { inOrder } from './in-order.ts';
import { CHECKPOINTS, MAX_CHECKPOINT_BYTES, numberIn } from './keys.ts';
import { isSigned } from './is-signed.ts';
import { allKeys, type KeyVersions } from './listing.ts';
import { checkpointLockProblems } from './lock-inspection.ts';

const AHEAD = 16;

/** What stands among the checkpoints and is none, or is hidden, or has others beside it. */
export async function checkpointProblems(context: Context): Promise<string[]> {
  const messages: string[] = [];
  for await (const keys of allKeys(context.bucket, CHECKPOINTS))
    for await (const found of inOrder(keys, AHEAD, (each) => problemsOf(context, each)))
      messages.push(...found);
  return messages;
}

async function problemsOf(context: Context, each: KeyVersions): Promise<readonly string[]> {
  const size = numberIn(CHECKPOINTS, each.key);
  if (size === undefined) return [`${each.key} is no key of a checkpoint`];
  const problem = await problemOf(context, each, size);
  const locks = await checkpointLockProblems(context, each, size);
  return problem === undefined ? locks : [problem, ...locks];
}

async function problemOf(
  context: Context,
  { key, versions }: KeyVersions,
  size: number,
): Promise<string | undefined> {
  if (versions[0]?.isDeleteMarker === true) return `${key} is hidden by a delete marker`;
  if (versions.length > 1) return `${key} has ${versions.length} versions`;
  if (isKnown(context, size, versions)) return undefined;
  const [version] = versions;
  const isSmall = version !== undefined && version.size <= MAX_CHECKPOINT_BYTES;
  const note = isSmall ? await context.bucket.get(key, { versionId: version.versionId }) : undefined;
  if (isSmall && note === undefined) return undefined; // gone since it was listed
  if (note === undefined || sizeIn(note) !== size) return `${key} is no checkpoint of ${size} entries`;
  const state = context.replica.state();
  const { origin, verifiers } = trustAt(context, state);
  if (size <= state.next || isSigned(note, origin, verifiers)) return undefined;
  return `${key} covers entries that are not there, and no key of the log has signed it`;
}

/** Those that verify were kept when they were read. */
function isKnown(context: Context, size: number, versions: KeyVersions['versions']): boolean {
  const head = context.replica.read((rows) => headAt(rows, size));
  const { origin } = trustAt(context, context.replica.state());
  return head !== undefined && isListedAs(versions, headNote(origin, head));
}

function sizeIn(note: Uint8Array): number | undefined {
  try {
    return readHead(note).size;
  } catch (cause) {
    if (cause instanceof NoteError || cause instanceof FormatError) return undefined;
    throw cause;
  }
}
