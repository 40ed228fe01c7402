import { decodeBase64, encodeBase64 } from './base64.ts';
import { type TreeSize, treeSize } from './brand.ts';
import { parseDecimal } from './decimal.ts';
import { FormatError } from './format-error.ts';
import { isOwnName, MAX_NAME_BYTES } from './key-name.ts';
import { HASH_BYTES } from './merkle/hash.ts';
import type { Note } from './note.ts';
import { NoteError } from './note-error.ts';
import type { Verifier } from './note-key.ts';
import { type OpenedNote, openNote } from './note-sign.ts';
import { encodeUtf8 } from './utf8.ts';

/** A tree head as C2SP tlog-checkpoint writes it; nothing says yet who signed it. */
export interface Checkpoint {
  /** Names the log. */
  readonly origin: string;
  readonly size: TreeSize;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Further lines of another log's checkpoint; ours have none (format v1 §2). */
  readonly extensions: readonly string[];
}

/**
 * The text to sign of a checkpoint of ours: origin, size and root, a line each (C2SP tlog-checkpoint).
 *
 * @throws FormatError BAD_CHECKPOINT when the origin is empty, over 255 bytes, or has a space or
 *   `+`, or the root has not 32 bytes; RangeNumberError when the size is no size
 */
export function formatCheckpoint({ origin, size, root }: Omit<Checkpoint, 'extensions'>): string {
  if (!isOwnName(origin)) throw bad('the origin can not be a key name of at most 255 bytes');
  if (root.length !== HASH_BYTES) throw bad('a root has 32 bytes');
  return `${origin}\n${treeSize(size)}\n${encodeBase64(root)}\n`;
}

/**
 * Reads the text of a checkpoint note (C2SP tlog-checkpoint). The origin may be any other log's.
 *
 * @throws FormatError BAD_CHECKPOINT
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw bad('the text does not end in a newline');
  const [origin, size, root, ...extensions] = lines;
  if (origin === undefined || size === undefined || root === undefined) throw bad('fewer than three lines');
  if (lines.includes('')) throw bad('an empty line');
  if (!text.isWellFormed() || encodeUtf8(origin).length > MAX_NAME_BYTES)
    throw bad('the origin is over 255 bytes');
  const leaves = parseDecimal(size);
  if (leaves === undefined) throw bad('the size is not a number below 2^53 in decimal form');
  return Object.freeze({
    origin,
    size: treeSize(leaves),
    root: parseRoot(root),
    extensions: Object.freeze(extensions),
  });
}

/**
 * Opens a checkpoint note: {@link openNote}, then {@link parseCheckpoint}, and a verified key must
 * bear the origin's name, so that one log's key or a witness can't speak for another log.
 *
 * @throws NoteError as openNote; NOTE_NO_KNOWN_KEY also when no verified key is named as the origin
 * @throws FormatError BAD_CHECKPOINT
 */
export function openCheckpoint(
  note: Note | Uint8Array | string,
  verifiers: readonly Verifier[],
): { readonly checkpoint: Checkpoint; readonly note: OpenedNote } {
  const opened = openNote(note, verifiers);
  const checkpoint = parseCheckpoint(opened.text);
  if (!opened.verified.some(({ name }) => name === checkpoint.origin)) {
    throw new NoteError('NOTE_NO_KNOWN_KEY', 'no known key of the origin signed the checkpoint');
  }
  return Object.freeze({ checkpoint, note: opened });
}

function parseRoot(text: string): Uint8Array {
  try {
    const root = decodeBase64(text);
    if (root.length === HASH_BYTES) return root;
  } catch (cause) {
    throw bad('the root is not base64', cause);
  }
  throw bad('a root has 32 bytes');
}

function bad(message: string, cause?: unknown): FormatError {
  return new FormatError('BAD_CHECKPOINT', `not a checkpoint: ${message}`, cause);
}
