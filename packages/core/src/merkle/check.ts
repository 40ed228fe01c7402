import type { EntryIndex, TreeSize } from '../brand.ts';
import { equalBytes } from '../bytes.ts';
import { bitCount, half } from './bits.ts';
import { HASH_BYTES, nodeHash } from './hash.ts';

/** Whether a proof holds, and if not, why: the proof is evidence, so that a bad one is no exception. */
export type ProofResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What {@link checkInclusion} needs; hashes have 32 bytes. */
export interface InclusionClaim {
  readonly index: EntryIndex;
  readonly size: TreeSize;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** What {@link checkConsistency} needs; hashes have 32 bytes. */
export interface ConsistencyClaim {
  readonly size1: TreeSize;
  readonly size2: TreeSize;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Checks that the leaf is the `index`-th of the tree with this size and root (RFC 6962 §2.1.1). Never throws. */
export function checkInclusion({ index, size, leafHash, proof, root }: InclusionClaim): ProofResult {
  if (!isCount(index) || !isCount(size)) return failed('index and size must be whole numbers below 2^53');
  if (index >= size) return failed(`no entry ${index} in a tree of ${size}`);
  const bad = badHashes([leafHash, root, ...proof]);
  if (bad !== undefined) return bad;
  const { inner, border } = pathLengths(index, size);
  if (proof.length !== inner + border) return wrongLength(proof.length, inner + border);
  const below = climb(leafHash, proof.slice(0, inner), index);
  return matches(chainLeft(below, proof.slice(inner)), root, 'root');
}

/**
 * Checks that the tree with `size2` and `root2` only adds to the one with `size1` and `root1`
 * (RFC 6962 §2.1.2). Never throws. Nothing follows from the empty tree, so that size1 = 0 fails.
 */
export function checkConsistency({ size1, size2, root1, root2, proof }: ConsistencyClaim): ProofResult {
  if (!isCount(size1) || !isCount(size2)) return failed('sizes must be whole numbers below 2^53');
  if (size1 === 0) return failed('a proof from the empty tree shows nothing');
  if (size1 > size2) return failed(`a tree of ${size2} can't continue one of ${size1}`);
  // One tree twice needs no hashing: its root is the same, whatever it is.
  if (size1 === size2)
    return proof.length === 0 ? matches(root1, root2, 'root') : wrongLength(proof.length, 0);
  const bad = badHashes([root1, root2, ...proof]);
  if (bad !== undefined) return bad;
  return checkGrowth(size1, size2, root1, root2, proof);
}

// The proof starts at the largest perfect subtree that ends where the old tree does: 2^shift leaves wide.
function checkGrowth(
  size1: number,
  size2: number,
  root1: Uint8Array,
  root2: Uint8Array,
  proof: readonly Uint8Array[],
): ProofResult {
  let shift = 0;
  let ending = size1;
  for (; ending % 2 === 0; ending = half(ending)) shift++;
  // When that is the old tree as a whole its hash is root1, and the proof leaves it out.
  const seeded = ending === 1;
  const { inner, border } = pathLengths(size1 - 1, size2);
  const length = inner - shift + border + (seeded ? 0 : 1);
  if (proof.length !== length) return wrongLength(proof.length, length);
  const [seed, ...path] = seeded ? [root1, ...proof] : proof;
  if (seed === undefined) return wrongLength(proof.length, length);
  const steps = path.slice(0, inner - shift);
  const edge = path.slice(inner - shift);
  const old = matches(chainLeft(climbLeft(seed, steps, ending - 1), edge), root1, 'old root');
  if (!old.ok) return old;
  return matches(chainLeft(climb(seed, steps, ending - 1), edge), root2, 'new root');
}

// Above the node where the paths to the entry and to the last entry meet, everything else lies to the left.
// `inner` counts the levels below that node, `border` the subtrees to its left.
function pathLengths(index: number, size: number): { inner: number; border: number } {
  let inner = 0;
  let own = index;
  for (let last = size - 1; own !== last; last = half(last)) {
    own = half(own);
    inner++;
  }
  return { inner, border: bitCount(own) };
}

function climb(start: Uint8Array, path: readonly Uint8Array[], index: number): Uint8Array {
  let at = index;
  return path.reduce((hash, sibling) => {
    const right = at % 2 === 1;
    at = half(at);
    return right ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }, start);
}

// As climb, with nothing yet to the right: what the old tree looked like.
function climbLeft(start: Uint8Array, path: readonly Uint8Array[], index: number): Uint8Array {
  let at = index;
  return path.reduce((hash, sibling) => {
    const right = at % 2 === 1;
    at = half(at);
    return right ? nodeHash(sibling, hash) : hash;
  }, start);
}

function chainLeft(start: Uint8Array, path: readonly Uint8Array[]): Uint8Array {
  return path.reduce((hash, sibling) => nodeHash(sibling, hash), start);
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

function badHashes(hashes: readonly Uint8Array[]): ProofResult | undefined {
  const wrong = hashes.find((hash) => hash.length !== HASH_BYTES);
  return wrong && failed(`a hash has 32 bytes, not ${wrong.length}`);
}

function wrongLength(length: number, wanted: number): ProofResult {
  return failed(`the proof has ${length} hashes where ${wanted} belong`);
}

function matches(computed: Uint8Array, claimed: Uint8Array, what: string): ProofResult {
  return equalBytes(computed, claimed) ? { ok: true } : failed(`the proof leads to another ${what}`);
}

function failed(reason: string): ProofResult {
  return { ok: false, reason };
}
