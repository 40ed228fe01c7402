import type { EntryIndex } from './brand.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { FormatError } from './format-error.ts';
import { checkInclusion } from './merkle/check.ts';
import { leafHash } from './merkle/hash.ts';
import { NoteError } from './note-error.ts';
import type { Verifier } from './note-key.ts';
import type { OpenedNote } from './note-sign.ts';
import { parseTlogProof, type TlogProof } from './tlog-proof.ts';

/** What {@link checkTlogProof} needs. */
export interface TlogProofClaim {
  /** The file's text, or what was read from it. */
  readonly proof: TlogProof | string;
  /** The exact bytes of the entry. */
  readonly entry: Uint8Array;
  /** Keys that are trusted; one must be the log's. Witness quorums are the caller's to count in `note.verified`. */
  readonly verifiers: readonly Verifier[];
  /** The log's origin, when the caller expects a certain one. */
  readonly origin?: string | undefined;
}

/** Where the entry is and who vouches for it, or why nothing is shown. */
export type TlogProofResult =
  | {
      readonly ok: true;
      readonly index: EntryIndex;
      readonly checkpoint: Checkpoint;
      readonly note: OpenedNote;
    }
  | { readonly ok: false; readonly reason: string };

/**
 * Checks that the entry is in the log: a trusted key of the log signed the checkpoint and the
 * inclusion proof leads from the entry to its root (C2SP tlog-proof). A bad proof is an answer,
 * never an exception.
 */
export function checkTlogProof({ proof, entry, verifiers, origin }: TlogProofClaim): TlogProofResult {
  try {
    const { index, hashes, checkpoint: text } = typeof proof === 'string' ? parseTlogProof(proof) : proof;
    const { checkpoint, note } = openCheckpoint(text, verifiers);
    if (origin !== undefined && checkpoint.origin !== origin) {
      return { ok: false, reason: `the proof is of ${checkpoint.origin}, not of ${origin}` };
    }
    const { size, root } = checkpoint;
    const included = checkInclusion({ index, size, leafHash: leafHash(entry), proof: hashes, root });
    return included.ok ? { ok: true, index, checkpoint, note } : included;
  } catch (error) {
    if (error instanceof FormatError || error instanceof NoteError)
      return { ok: false, reason: error.message };
    throw error;
  }
}
