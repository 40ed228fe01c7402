import { assert } from '../errors.ts';
import { largestPower } from './bits.ts';
import { foldEdge } from './compact-range.ts';
import { HASH_BYTES } from './hash.ts';
import { TreeError } from './tree-error.ts';

/** A node whose leaves are all there: the `index`-th subtree of 2^level leaves. Level 0 has the leaf hashes. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/**
 * Reads hashes (32 bytes each) of the nodes asked for, in their order. Asked once per proof, for
 * at most 2·log₂(size) nodes; every node asked for lies below the size the proof is about.
 */
export type HashReader = (nodes: readonly NodeId[]) => Promise<readonly Uint8Array[]>;

/** Leaves `from` (included) to `to` (excluded) as RFC 6962 §2.1 splits them: one hash of a proof. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The hash of each span, all read at once.
 *
 * @throws TreeError BAD_HASHES when the reader answers with another number or length of hashes
 */
export async function hashSpans(spans: readonly Span[], read: HashReader): Promise<Uint8Array[]> {
  const nodes = spans.map(perfectNodes);
  const wanted = nodes.flat();
  const hashes = wanted.length === 0 ? [] : await read(wanted);
  if (hashes.length !== wanted.length || hashes.some((hash) => hash.length !== HASH_BYTES)) {
    throw new TreeError('BAD_HASHES', `the reader was asked for ${wanted.length} hashes of 32 bytes`);
  }
  let at = 0;
  return nodes.map((own) => {
    at += own.length;
    return foldEdge(hashes.slice(at - own.length, at));
  });
}

// The perfect subtrees of a span, left to right: one per one bit of its width.
function perfectNodes({ from, to }: Span): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = from; at < to; ) {
    const width = largestPower(to - at);
    assert(at % width === 0, 'a span starts at a multiple of its largest subtree');
    nodes.push({ level: Math.log2(width), index: at / width });
    at += width;
  }
  return nodes;
}
