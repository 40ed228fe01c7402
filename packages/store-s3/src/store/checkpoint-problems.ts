import { FormatError, headNote, NoteError, openCheckpoint, readHead } from '@zegel/core';
import { headAt } from '../replica/lookups.ts';
import { type Context, trustAt } from './context.ts';
import { isListedAs } from './etag.ts';
import { inOrder } from './in-order.ts';
import { CHECKPOINTS, numberIn } from './keys.ts';
import { allKeys, type KeyVersions } from './listing.ts';

const AHEAD = 16;
const MAX_NOTE = 16_384;

/** What stands among the checkpoints and is none, or is hidden, or has others beside it. */
export async function checkpointProblems(context: Context): Promise<string[]> {
  const messages: string[] = [];
  for await (const keys of allKeys(context.bucket, CHECKPOINTS))
    for await (const found of inOrder(keys, AHEAD, (each) => problemOf(context, each)))
      if (found !== undefined) messages.push(found);
  return messages;
}

async function problemOf(context: Context, { key, versions }: KeyVersions): Promise<string | undefined> {
  const size = numberIn(CHECKPOINTS, key);
  if (size === undefined) return `${key} is no key of a checkpoint`;
  if (versions[0]?.isDeleteMarker === true) return `${key} is hidden by a delete marker`;
  if (versions.length > 1) return `${key} has ${versions.length} versions`;
  if (isKnown(context, size, versions)) return undefined;
  const [version] = versions;
  const isSmall = version !== undefined && version.size <= MAX_NOTE;
  const note = isSmall ? await context.bucket.get(key, { versionId: version.versionId }) : undefined;
  if (isSmall && note === undefined) return undefined; // gone since it was listed
  if (note === undefined || sizeIn(note) !== size) return `${key} is no checkpoint of ${size} entries`;
  if (size <= context.replica.state().next || isSigned(context, note)) return undefined;
  return `${key} covers entries that are not there, and no key of the log has signed it`;
}

/** Those that verify were kept when they were read. */
function isKnown(context: Context, size: number, versions: KeyVersions['versions']): boolean {
  const head = context.replica.read((rows) => headAt(rows, size));
  const { origin } = trustAt(context, context.replica.state());
  return head !== undefined && isListedAs(versions, headNote(origin, head));
}

function sizeIn(note: Uint8Array): number | undefined {
  return unlessMalformed(() => readHead(note).size);
}

function isSigned(context: Context, note: Uint8Array): boolean {
  const { verifiers } = trustAt(context, context.replica.state());
  return unlessMalformed(() => openCheckpoint(note, verifiers)) !== undefined;
}

function unlessMalformed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof NoteError || cause instanceof FormatError) return undefined;
    throw cause;
  }
}
