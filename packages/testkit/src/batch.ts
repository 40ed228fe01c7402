import { randomBytes } from 'node:crypto';
import { assert, CompactRange, leafHash, sha256, treeSize } from '@zegel/core';
import type { Batch, CommitView, StoredHead, Subtree } from '@zegel/log/port';

/** What {@link batchAfter} may be told about the entries. */
export interface BatchParts {
  /** 16 bytes per entry; random where left out. */
  readonly ids?: readonly Uint8Array[];
  /** 0 where left out. */
  readonly parts?: readonly number[];
}

/** A batch that appends `entries` after what a commit sees, with everything that goes with them. */
export function batchAfter(view: CommitView, entries: readonly Uint8Array[], given: BatchParts = {}): Batch {
  const range = edgeOf(view);
  const leafHashes = entries.map(leafHash);
  const subtrees: Subtree[] = [];
  for (const hash of leafHashes)
    range.append(hash, (level, n, subtree) => subtrees.push({ level, n, hash: subtree }));
  const ids = given.ids ?? entries.map(() => randomBytes(16));
  return {
    entries,
    leafHashes: joined(leafHashes),
    ids: joined(ids),
    parts: given.parts ?? entries.map(() => 0),
    subtrees,
    head: headOf(view.size + entries.length, range.root()),
  };
}

/** Built anew from all leaves each time: slow, and right whoever committed before. */
function edgeOf(view: CommitView): CompactRange {
  const range = CompactRange.empty();
  for (const { leafHash: hash } of view.read(0, view.size)) range.append(hash);
  assert(range.size === view.size, 'a commit sees all entries below its head');
  return range;
}

/** A head with a signature that stores can't tell from a true one, and a `control` that is its own. */
function headOf(size: number, root: Uint8Array): StoredHead {
  const signatures = new Uint8Array(68);
  for (let at = 0; at < 68; at += 32) {
    const noise = sha256(Buffer.concat([Buffer.from(`${size}/${at}`), root]));
    signatures.set(noise.subarray(0, Math.min(32, 68 - at)), at);
  }
  return { size: treeSize(size), root, signatures, control: Math.floor((size - 1) / 2) };
}

function joined(arrays: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(arrays));
}

/** Entries that tell their place and differ in everything else: `count` of them, each of about `bytes`. */
export function someEntries(count: number, from = 0, bytes = 120): Uint8Array[] {
  return Array.from({ length: count }, (_, n) => {
    const noise = randomBytes(Math.ceil((bytes * 3) / 8)).toString('base64url');
    return new TextEncoder().encode(
      `{"index":${from + n},"kind":"access","noise":"${noise}","what":"customer.show"}`,
    );
  });
}
