import { decodeBase64, encodeBase64 } from './base64.ts';
import { type EntryIndex, entryIndex } from './brand.ts';
import { parseDecimal } from './decimal.ts';
import { FormatError } from './format-error.ts';
import { HASH_BYTES } from './merkle/hash.ts';

/** A proof that an entry is in a log, to be checked without the log (C2SP tlog-proof); nothing is verified. */
export interface TlogProof {
  readonly index: EntryIndex;
  /** Inclusion proof, 32 bytes each, from the leaf's sibling up. */
  readonly hashes: readonly Uint8Array[];
  /** The checkpoint note, word for word. */
  readonly checkpoint: string;
  /** Bytes for the application that nothing vouches for. */
  readonly extra?: Uint8Array | undefined;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
// A path in a tree of fewer than 2^63 leaves.
const MAX_PROOF_HASHES = 63;

/** A `.tlog-proof` file (C2SP tlog-proof). @throws FormatError BAD_TLOG_PROOF on parts that could not be read back */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  if (hashes.length > MAX_PROOF_HASHES) throw bad(`more than ${MAX_PROOF_HASHES} hashes`);
  if (hashes.some(({ length }) => length !== HASH_BYTES)) throw bad('a hash has 32 bytes');
  if (extra?.length === 0) throw bad('empty extra data are left out');
  const lines = extra === undefined ? [HEADER] : [HEADER, `extra ${encodeBase64(extra)}`];
  lines.push(`index ${entryIndex(index)}`, ...hashes.map((hash) => encodeBase64(hash)));
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a `.tlog-proof` file (C2SP tlog-proof). @throws FormatError BAD_TLOG_PROOF */
export function parseTlogProof(text: string): TlogProof {
  // No line of the proof is empty, so that the first empty line ends it and the rest is the checkpoint.
  const end = text.indexOf('\n\n');
  if (end < 0) throw bad('no checkpoint');
  const [header, ...lines] = text.slice(0, end).split('\n');
  if (header !== HEADER) throw bad(`it does not start with ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ')
    ? decode(lines.shift()?.slice('extra '.length) ?? '')
    : undefined;
  if (extra?.length === 0) throw bad('empty extra data');
  const index = parseIndex(lines.shift() ?? '');
  if (lines.length > MAX_PROOF_HASHES) throw bad(`more than ${MAX_PROOF_HASHES} hashes`);
  const hashes = Object.freeze(lines.map(decode));
  if (hashes.some(({ length }) => length !== HASH_BYTES)) throw bad('a hash has 32 bytes');
  const checkpoint = text.slice(end + 2);
  return Object.freeze(
    extra === undefined ? { index, hashes, checkpoint } : { index, hashes, checkpoint, extra },
  );
}

function parseIndex(line: string): EntryIndex {
  const index = line.startsWith('index ') ? parseDecimal(line.slice('index '.length)) : undefined;
  if (index === undefined) throw bad('no index below 2^53 in decimal form');
  return entryIndex(index);
}

function decode(text: string): Uint8Array {
  try {
    return decodeBase64(text);
  } catch (cause) {
    throw bad('a line is not base64', cause);
  }
}

function bad(message: string, cause?: unknown): FormatError {
  return new FormatError('BAD_TLOG_PROOF', `not a tlog-proof: ${message}`, cause);
}
