import { type Bytes, decimal, decodeBase64, hex, utf8 } from './verify-bytes.ts';
import { HASH_BYTES } from './verify-tree.ts';

/** One signature line of a note, not checked. */
export interface NoteSignature {
  readonly name: string;
  /** 8 hexadecimal digits. */
  readonly keyId: string;
  readonly signature: Bytes;
}

/** A note taken apart (C2SP signed-note); nothing is verified. */
export interface Note {
  /** What is signed, its final newline included. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A tree head (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
}

const MOST_SIGNATURES = 100;
const LONGEST = 1_000_000;
const MOST_NAME_BYTES = 255;
const KEY_ID_BYTES = 4;
const SIGNATURE = /^\u2014 (?<name>[^\p{White_Space}+]+) (?<encoded>[^ ]+)$/u;

/** Takes a note apart; undefined where it is none. */
export function parseNote(note: string): Note | undefined {
  if (note.length > LONGEST || !note.isWellFormed() || hasControl(note)) return undefined;
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return undefined;
  const lines = note.slice(split + 2, -1).split('\n');
  const signatures = lines.map(parseSignature).filter((one) => one !== undefined);
  if (lines.length > MOST_SIGNATURES || signatures.length !== lines.length) return undefined;
  return { text: note.slice(0, split + 1), signatures };
}

// Below U+0020 only the newline is allowed.
function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return false;
}

function parseSignature(line: string): NoteSignature | undefined {
  const { name, encoded } = SIGNATURE.exec(line)?.groups ?? {};
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length <= KEY_ID_BYTES) return undefined;
  return { name, keyId: hex(bytes.slice(0, KEY_ID_BYTES)), signature: bytes.slice(KEY_ID_BYTES) };
}

/** Reads the text of a checkpoint; further lines are another log's and say nothing here. Undefined where it is none. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.includes('')) return undefined;
  const [origin, size, root] = lines;
  if (origin === undefined || size === undefined || root === undefined) return undefined;
  const leaves = decimal(size);
  const hash = decodeBase64(root);
  if (leaves === undefined || hash?.length !== HASH_BYTES) return undefined;
  return utf8(origin).length > MOST_NAME_BYTES ? undefined : { origin, size: leaves, root: hash };
}

/** A name for a key that we trust (format v1 §2). */
export function isKeyName(name: string): boolean {
  return (
    name.isWellFormed() && /^[^\p{White_Space}\p{Cc}+]+$/u.test(name) && utf8(name).length <= MOST_NAME_BYTES
  );
}
