import { randomBytes } from 'node:crypto';
import {
  assert,
  CompactRange,
  createSigner,
  formatCheckpoint,
  leafHash,
  type Signer,
  treeSize,
} from '@zegel/core';
import type { Batch, CommitView, StoredHead, Subtree } from '@zegel/log/port';

/** Signs the heads of {@link batchAfter}; its name is the origin of the logs of the suite. */
export const SUITE_SIGNER: Signer = createSigner('example.org/suite', new Uint8Array(32).fill(7));

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
    head: headOf(view.size + entries.length, range.root(), controlAfter(view, entries)),
  };
}

/** Built anew from all leaves each time: slow, and right whoever committed before. */
function edgeOf(view: CommitView): CompactRange {
  const range = CompactRange.empty();
  for (const { leafHash: hash } of view.read(0, view.size)) range.append(hash);
  assert(range.size === view.size, 'a commit sees all entries below its head');
  return range;
}

/** A head that is truly signed: a store over a network shows none else. */
function headOf(size: number, root: Uint8Array, control: number): StoredHead {
  const text = formatCheckpoint({ origin: SUITE_SIGNER.name, size: treeSize(size), root });
  const signature = SUITE_SIGNER.sign(Buffer.from(text));
  const signatures = joined([Buffer.from(SUITE_SIGNER.keyId, 'hex'), signature]);
  return { size: treeSize(size), root, signatures, control };
}

const ACCESS = Buffer.from('"kind":"access"');

/** Newest entry that is not an access, as a log finds it: a store may have to find it by itself. */
function controlAfter({ head, size }: CommitView, entries: readonly Uint8Array[]): number {
  const last = entries.findLastIndex((entry) => !Buffer.from(entry).includes(ACCESS));
  return last < 0 ? (head?.control ?? 0) : size + last;
}

function joined(arrays: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(arrays));
}

const CONTROL_EVERY = 97;

/** Entries that tell their place and differ in everything else: `count` of them, each of about `bytes`. Few are no accesses. */
export function someEntries(count: number, from = 0, bytes = 120): Uint8Array[] {
  return Array.from({ length: count }, (_, n) => {
    const noise = randomBytes(Math.ceil((bytes * 3) / 8)).toString('base64url');
    return new TextEncoder().encode(
      `{"index":${from + n},"kind":"${kindAt(from + n)}","noise":"${noise}","what":"customer.show"}`,
    );
  });
}

function kindAt(index: number): string {
  return index % CONTROL_EVERY === CONTROL_EVERY - 1 ? 'review' : 'access';
}
