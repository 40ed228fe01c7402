import { type Bytes, joined, same } from './verify-bytes.ts';
import type { Subtle } from './verify-subtle.ts';

/** Bytes of a hash. */
export const HASH_BYTES = 32;

/** What is claimed of a leaf. */
export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leaf: Bytes;
  /** From the leaf's sibling up. */
  readonly path: readonly Bytes[];
}

/** SHA-256. */
export async function sha256(bytes: Bytes, subtle: Subtle): Promise<Bytes> {
  return new Uint8Array(await subtle.digest('SHA-256', bytes));
}

/** RFC 6962 §2.1: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Bytes, subtle: Subtle): Promise<Bytes> {
  return sha256(joined(Uint8Array.of(0), entry), subtle);
}

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
function nodeHash(left: Bytes, right: Bytes, subtle: Subtle): Promise<Bytes> {
  return sha256(joined(Uint8Array.of(1), left, right), subtle);
}

/**
 * The root that an inclusion proof leads to (RFC 6962 §2.1.1); undefined where index, size and the number of hashes do not
 * belong together. Sizes go to 2^53 - 1, so that no operator here is one of 32 bits.
 */
export async function rootOf(
  { index, size, leaf, path }: InclusionClaim,
  subtle: Subtle,
): Promise<Bytes | undefined> {
  if (!isCount(index) || !isCount(size) || index >= size) return undefined;
  if ([leaf, ...path].some(({ length }) => length !== HASH_BYTES)) return undefined;
  let hash = leaf;
  let [own, last] = [index, size - 1];
  for (const sibling of path) {
    if (last === 0) return undefined; // more hashes than levels
    // On the right edge a node without a right sibling moves up as it is.
    while (own === last && own % 2 === 0 && own > 0) [own, last] = [own / 2, last / 2];
    hash = await (own % 2 === 1 ? nodeHash(sibling, hash, subtle) : nodeHash(hash, sibling, subtle));
    [own, last] = [Math.floor(own / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}

/** Whether the leaf is the `index`-th of the tree with this size and root. */
export async function isIncluded(claim: InclusionClaim, root: Bytes, subtle: Subtle): Promise<boolean> {
  const reached = await rootOf(claim, subtle);
  return reached !== undefined && same(reached, root);
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}
