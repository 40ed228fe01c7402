import { type EntryIndex, entryIndex, type TreeSize, treeSize } from '../brand.ts';
import { splitPoint } from './bits.ts';
import { type HashReader, hashSpans, type Span } from './span.ts';
import { TreeError } from './tree-error.ts';

/**
 * Proves that the entry at `index` is in the tree of `size` leaves (RFC 6962 §2.1.1): hashes of 32
 * bytes from the leaf's sibling up to the root's child. Calls `read` at most once.
 *
 * @throws TreeError BAD_RANGE unless index < size
 */
export async function proveInclusion(
  index: EntryIndex,
  size: TreeSize,
  read: HashReader,
): Promise<Uint8Array[]> {
  if (entryIndex(index) >= treeSize(size))
    throw new TreeError('BAD_RANGE', `no entry ${index} in a tree of ${size}`);
  return hashSpans(inclusionSpans(index, size), read);
}

/**
 * Proves that the tree of `size2` leaves only adds to the one of `size1` (RFC 6962 §2.1.2). Empty
 * when the sizes are equal. Calls `read` at most once.
 *
 * @throws TreeError BAD_RANGE unless 0 < size1 <= size2: any tree continues the empty one, so that
 *   there is nothing to prove
 */
export async function proveConsistency(
  size1: TreeSize,
  size2: TreeSize,
  read: HashReader,
): Promise<Uint8Array[]> {
  if (treeSize(size1) === 0 || size1 > treeSize(size2)) {
    throw new TreeError('BAD_RANGE', `no consistency to prove from ${size1} to ${size2} leaves`);
  }
  return hashSpans(consistencySpans(size1, size2), read);
}

/** Root of the tree's first `size` leaves (RFC 6962 §2.1), 32 bytes. Calls `read` at most once. */
export async function treeRoot(size: TreeSize, read: HashReader): Promise<Uint8Array> {
  const [root] = await hashSpans([{ from: 0, to: treeSize(size) }], read);
  if (root === undefined) throw new TreeError('BAD_HASHES', 'the root was not read');
  return root;
}

// RFC 6962 §2.1.1 PATH(m, D[n]), from the root down: the half without the leaf is a hash of the proof.
function inclusionSpans(index: number, size: number): Span[] {
  const spans: Span[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
    }
  }
  return spans.toReversed();
}

// RFC 6962 §2.1.2 SUBPROOF(m, D[n], b), from the root down, until the old tree's right edge is a whole subtree.
function consistencySpans(size1: number, size2: number): Span[] {
  const spans: Span[] = [];
  let from = 0;
  let to = size2;
  while (to !== size1) {
    const middle = from + splitPoint(to - from);
    if (size1 <= middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
    }
  }
  // b is true as long as only right halves were left out: the old root itself, which the checker has.
  if (from > 0) spans.push({ from, to });
  return spans.toReversed();
}
