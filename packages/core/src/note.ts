import { decodeBase64, encodeBase64 } from './base64.ts';
import { asBuffer } from './bytes.ts';
import { isKeyName } from './key-name.ts';
import { type KeyIdentity, NoteError } from './note-error.ts';
import { decodeUtf8 } from './utf8.ts';

/** One signature line of a note, checked or not. */
export interface NoteSignature extends KeyIdentity {
  /** Without the key id; 64 bytes when made with Ed25519. */
  readonly signature: Uint8Array;
  /** The line as it stands in the note, without its newline. */
  readonly line: string;
}

/** A note taken apart; nothing is verified. */
export interface Note {
  /** What is signed, including its final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Most signature lines that are read; C2SP wants 16 at least, golang.org/x/mod stops here too. */
export const MAX_NOTE_SIGNATURES = 100;

/** Longest note that is read, in bytes or UTF-16 code units as given. */
export const MAX_NOTE_LENGTH = 1_000_000;

const LINE_HEAD = '\u2014 ';
const KEY_ID_BYTES = 4;

/**
 * Puts a note together (C2SP signed-note): text, empty line, one line per signature.
 *
 * @throws NoteError NOTE_MALFORMED when text, names or signatures are not such as {@link parseNote} reads
 */
export function formatNote(text: string, signatures: readonly Omit<NoteSignature, 'line'>[]): string {
  const note = `${text}\n${signatures.map(formatLine).join('')}`;
  // Reading it back is the whole check: nothing may be written that says something else when read.
  if (parseNote(note).text !== text) throw malformed('the text is not what would be read back');
  return note;
}

/**
 * Takes a note apart (C2SP signed-note). Strict: UTF-8 without control characters, the last empty
 * line separates, from 1 to 100 signature lines, base64 in its one form.
 *
 * @throws NoteError NOTE_MALFORMED
 */
export function parseNote(note: Uint8Array | string): Note {
  if (note.length > MAX_NOTE_LENGTH) throw malformed('longer than a note may be');
  const whole = typeof note === 'string' ? note : decode(note);
  if (!whole.isWellFormed()) throw malformed('not well-formed Unicode');
  if (hasControl(whole)) throw malformed('control characters');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n'))
    throw malformed('no text and signatures with an empty line between');
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_NOTE_SIGNATURES) throw malformed(`more than ${MAX_NOTE_SIGNATURES} signatures`);
  return Object.freeze({ text: whole.slice(0, split + 1), signatures: Object.freeze(lines.map(parseLine)) });
}

function formatLine({ name, keyId, signature }: Omit<NoteSignature, 'line'>): string {
  if (!/^[0-9a-f]{8}$/.test(keyId)) throw malformed('a key id has 8 lower-case hex digits');
  return `${LINE_HEAD}${name} ${encodeBase64(Buffer.concat([Buffer.from(keyId, 'hex'), signature]))}\n`;
}

function parseLine(line: string): NoteSignature {
  const [name, encoded, ...more] = line.startsWith(LINE_HEAD) ? line.slice(LINE_HEAD.length).split(' ') : [];
  if (name === undefined || encoded === undefined || more.length > 0 || !isKeyName(name)) {
    throw malformed('a signature line is not of the form "\u2014 name base64"');
  }
  const bytes = decodeSignature(encoded);
  if (bytes.length <= KEY_ID_BYTES) throw malformed('a signature is shorter than a key id and a byte');
  const keyId = asBuffer(bytes).toString('hex', 0, KEY_ID_BYTES);
  return Object.freeze({ name, keyId, signature: bytes.slice(KEY_ID_BYTES), line });
}

// Below U+0020 only the newline is allowed.
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return false;
}

function decode(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch (cause) {
    throw malformed('not valid UTF-8', cause);
  }
}

function decodeSignature(text: string): Uint8Array {
  try {
    return decodeBase64(text);
  } catch (cause) {
    throw malformed('a signature is not base64', cause);
  }
}

function malformed(message: string, cause?: unknown): NoteError {
  return new NoteError('NOTE_MALFORMED', `malformed note: ${message}`, { cause });
}
