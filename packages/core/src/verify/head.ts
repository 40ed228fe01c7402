import { treeSize } from '../brand.ts';
import { asBuffer } from '../bytes.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from '../checkpoint.ts';
import type { Finding } from '../findings.ts';
import { formatNote, MAX_NOTE_SIGNATURES, parseNote } from '../note.ts';
import { encodeUtf8 } from '../utf8.ts';
import { readKey } from './keys.ts';

/** A signed tree head as stores keep it. */
export interface SignedHead {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Ed25519 signatures by keys of the origin: per signature 4 bytes of key id and 64 of signature. */
  readonly signatures: Uint8Array;
}

/** Bytes of one signature in {@link SignedHead}. */
export const SIGNATURE_BYTES = 68;
const MAX_SIGNATURE_BYTES = MAX_NOTE_SIGNATURES * SIGNATURE_BYTES;

/**
 * Reads a signed checkpoint without checking signatures. Lines of other names (witnesses) are left
 * out.
 *
 * @throws NoteError NOTE_MALFORMED, FormatError BAD_CHECKPOINT
 */
export function readHead(note: Uint8Array | string): SignedHead & Pick<Checkpoint, 'origin'> {
  const { text, signatures } = parseNote(note);
  const { origin, size, root } = parseCheckpoint(text);
  const own = signatures.filter(({ name, signature }) => name === origin && signature.length === 64);
  const lines = own.map(({ keyId, signature }) => Buffer.concat([Buffer.from(keyId, 'hex'), signature]));
  return { origin, size, root, signatures: new Uint8Array(Buffer.concat(lines)) };
}

/** The signed note of a stored head. @throws FormatError BAD_CHECKPOINT, NoteError when its bytes can't stand in one */
export function headNote(origin: string, head: SignedHead): string {
  const text = formatCheckpoint({ origin, size: treeSize(head.size), root: head.root });
  const lines = signaturesOf(head).map(({ keyId, signature }) => ({ name: origin, keyId, signature }));
  return formatNote(text, lines);
}

/** What is needed to check the signatures of a head, ready to be posted to another thread. */
export interface HeadDuty {
  readonly origin: string;
  readonly head: SignedHead;
  /** Entries that the stored head before it covers: the first that is new under this one. */
  readonly before: number;
  /** Verifier keys that must have signed, the newest last. */
  readonly needed: readonly string[];
  /** Verifier keys of the log that were no longer in force. */
  readonly retired: readonly string[];
}

/** What is wrong with the signatures of one head; undefined when each needed key has signed. Never throws. */
export function checkHeadSignatures(duty: HeadDuty): Finding | undefined {
  const { origin, head, before, needed, retired } = duty;
  const message = `a signature of the checkpoint of ${head.size} entries is bad`;
  const bad: Finding = { code: 'signature-bad', index: before, message };
  const whole =
    head.signatures.length % SIGNATURE_BYTES === 0 && head.signatures.length <= MAX_SIGNATURE_BYTES;
  if (!whole || head.root.length !== 32) return bad;
  const text = encodeUtf8(formatCheckpoint({ origin, size: treeSize(head.size), root: head.root }));
  const signed = new Set<string>();
  for (const vkey of [...needed, ...retired]) {
    const key = readKey(vkey, origin);
    const own = signaturesOf(head).filter(({ keyId }) => keyId === key?.keyId);
    if (key === undefined || own.length === 0) continue;
    if (!own.every(({ signature }) => key.verify(text, signature))) return bad;
    signed.add(vkey);
  }
  return judge(duty, signed);
}

function judge(
  { head, before, needed, retired }: HeadDuty,
  signed: ReadonlySet<string>,
): Finding | undefined {
  const of = `the checkpoint of ${head.size} entries`;
  const lacking = needed.filter((vkey) => !signed.has(vkey));
  if (needed.length > 0 && lacking.length === 0) return undefined;
  const newest = needed.at(-1);
  // Signed by keys of the log, but not by the one in force: that key was used after it was retired.
  const late =
    newest !== undefined && !signed.has(newest) && [...needed, ...retired].some((vkey) => signed.has(vkey));
  if (late) return { code: 'key-retired', index: before, message: `${of} is signed by a retired key only` };
  return { code: 'signature-unknown', index: before, message: `${of} lacks a signature by a key in force` };
}

function signaturesOf({
  signatures,
}: SignedHead): readonly { readonly keyId: string; readonly signature: Uint8Array }[] {
  const lines = [];
  for (let at = 0; at + SIGNATURE_BYTES <= signatures.length; at += SIGNATURE_BYTES) {
    const line = signatures.subarray(at, at + SIGNATURE_BYTES);
    lines.push({ keyId: asBuffer(line).toString('hex', 0, 4), signature: line.subarray(4) });
  }
  return lines;
}
