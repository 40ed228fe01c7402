import { formatNote, type Note, type NoteSignature, parseNote } from './note.ts';
import { type KeyIdentity, NoteError } from './note-error.ts';
import type { Signer, Verifier } from './note-key.ts';
import { encodeUtf8 } from './utf8.ts';

/** A note of which at least one signature was verified, and no known key's signature failed. */
export interface OpenedNote {
  /** What is signed, including its final newline. */
  readonly text: string;
  /** Signatures of known keys, each verified; one per key. */
  readonly verified: readonly NoteSignature[];
  /** Signatures of keys that are not known, which say nothing. */
  readonly unverified: readonly NoteSignature[];
}

/**
 * Signs a text as a note (C2SP signed-note), one line per signer, in their order.
 *
 * @throws NoteError NOTE_MALFORMED when the text does not end in a newline, holds other control
 *   characters, or there is no signer
 */
export function signNote(text: string, signers: readonly Signer[]): string {
  if (!text.isWellFormed()) throw new NoteError('NOTE_MALFORMED', 'malformed note: not well-formed Unicode');
  const message = encodeUtf8(text);
  return formatNote(
    text,
    signers.map(({ name, keyId, sign }) => ({ name, keyId, signature: sign(message) })),
  );
}

/**
 * Opens a note with the keys that are trusted (C2SP signed-note). Unknown keys are ignored, also
 * when they share the name or the id of a known one; every signature of a known key must verify.
 *
 * @throws NoteError NOTE_MALFORMED, NOTE_AMBIGUOUS_KEY (a key given twice signed it),
 *   NOTE_BAD_SIGNATURE, NOTE_NO_KNOWN_KEY
 */
export function openNote(note: Note | Uint8Array | string, verifiers: readonly Verifier[]): OpenedNote {
  const { text, signatures } =
    typeof note === 'string' || note instanceof Uint8Array ? parseNote(note) : note;
  const message = encodeUtf8(text);
  const verified = new Map<Verifier, NoteSignature>();
  const unverified: NoteSignature[] = [];
  for (const signature of signatures) {
    const verifier = findKey(verifiers, signature);
    if (verifier === undefined) {
      unverified.push(signature);
      continue;
    }
    if (!verifier.verify(message, signature.signature)) {
      throw new NoteError('NOTE_BAD_SIGNATURE', `the signature of ${describe(signature)} is bad`, {
        key: identity(signature),
      });
    }
    if (!verified.has(verifier)) verified.set(verifier, signature);
  }
  if (verified.size === 0) throw new NoteError('NOTE_NO_KNOWN_KEY', 'no known key signed the note');
  return Object.freeze({
    text,
    verified: Object.freeze([...verified.values()]),
    unverified: Object.freeze(unverified),
  });
}

function findKey(verifiers: readonly Verifier[], key: KeyIdentity): Verifier | undefined {
  const [found, ...more] = verifiers.filter((one) => one.name === key.name && one.keyId === key.keyId);
  if (more.length > 0) {
    throw new NoteError('NOTE_AMBIGUOUS_KEY', `${describe(key)} was given as known more than once`, {
      key: identity(key),
    });
  }
  return found;
}

function identity({ name, keyId }: KeyIdentity): KeyIdentity {
  return Object.freeze({ name, keyId });
}

function describe({ name, keyId }: KeyIdentity): string {
  return `${name}+${keyId}`;
}
