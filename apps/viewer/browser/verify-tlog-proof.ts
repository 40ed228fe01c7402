import { type Bytes, decimal, decodeBase64 } from './verify-bytes.ts';
import { HASH_BYTES } from './verify-tree.ts';

/** A proof that an entry is in a log (C2SP tlog-proof); nothing is verified. */
export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling up. */
  readonly path: readonly Bytes[];
  /** The checkpoint note, word for word. */
  readonly checkpoint: string;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
// A path in a tree of fewer than 2^63 leaves.
const MOST_HASHES = 63;

/** Reads a `.tlog-proof` file; undefined where it is none. */
export function parseTlogProof(text: string): TlogProof | undefined {
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(0, end)).split('\n');
  if (end < 0 || header !== HEADER) return undefined;
  if (lines[0]?.startsWith('extra ')) {
    const extra = decodeBase64((lines.shift() ?? '').slice('extra '.length));
    if (extra === undefined || extra.length === 0) return undefined;
  }
  const [, number] = /^index (.*)$/.exec(lines.shift() ?? '') ?? [];
  const index = decimal(number ?? '');
  const path = lines.map(decodeBase64).filter((hash) => hash?.length === HASH_BYTES);
  if (index === undefined || lines.length > MOST_HASHES || path.length !== lines.length) return undefined;
  return { index, path: path.filter((hash) => hash !== undefined), checkpoint: text.slice(end + 2) };
}
