import { utf8 } from './verify-bytes.ts';
import { checkSignature, type VerifierKey } from './verify-key.ts';
import { type Checkpoint, type Note, type NoteSignature, parseCheckpoint, parseNote } from './verify-note.ts';
import type { Subtle } from './verify-subtle.ts';

/** Why a checkpoint is not believed. */
export type CheckpointReason =
  | 'note-malformed'
  | 'checkpoint-malformed'
  | 'signature-bad'
  | 'key-unknown'
  | 'key-ambiguous';

/** A checkpoint and who signed it, or why it is not believed. */
export type OpenedCheckpoint =
  /** `by`: keys named as the origin, each of which signed it. `unsupported`: this browser can't check signatures. */
  | {
      readonly kind: 'signed' | 'unsupported';
      readonly checkpoint: Checkpoint;
      readonly by: readonly VerifierKey[];
    }
  | { readonly kind: 'failed'; readonly reason: CheckpointReason };

/**
 * Opens a checkpoint note with the keys that are trusted: signatures of keys that are not known say nothing, every one of a
 * known key must verify, and one key must bear the origin's name (C2SP signed-note, tlog-checkpoint).
 */
export async function openCheckpoint(
  text: string,
  keys: readonly VerifierKey[],
  subtle: Subtle,
): Promise<OpenedCheckpoint> {
  const note = parseNote(text);
  if (note === undefined) return failed('note-malformed');
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint === undefined) return failed('checkpoint-malformed');
  let unsupported = false;
  const by: VerifierKey[] = [];
  for (const signature of note.signatures) {
    const [key, ...more] = keys.filter((one) => isBy(one, signature));
    if (more.length > 0) return failed('key-ambiguous');
    if (key === undefined) continue;
    const result = await checkSignature(key, signed(note), signature.signature, subtle);
    if (result === 'bad') return failed('signature-bad');
    unsupported ||= result === 'unsupported';
    if (key.name === checkpoint.origin && !by.includes(key)) by.push(key);
  }
  if (by.length === 0) return failed('key-unknown');
  return { kind: unsupported ? 'unsupported' : 'signed', checkpoint, by };
}

function signed(note: Note): ReturnType<typeof utf8> {
  return utf8(note.text);
}

function isBy({ name, keyId }: VerifierKey, signature: NoteSignature): boolean {
  return name === signature.name && keyId === signature.keyId;
}

function failed(reason: CheckpointReason): OpenedCheckpoint {
  return { kind: 'failed', reason };
}
