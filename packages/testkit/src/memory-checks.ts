import { assert, type CompactRange, leafHash } from '@zegel/core';
import type { Batch, Cover, Subtree } from '@zegel/log/port';

/** What the checks look at. */
interface Place {
  readonly entries: readonly unknown[];
  readonly ids: ReadonlyMap<string, number>;
}

/** Fails loudly unless a batch keeps every promise of the port; returns the tree's edge after it. */
export function checkBatch(place: Place, before: CompactRange, batch: Batch): CompactRange {
  const count = batch.entries.length;
  assert(count > 0, 'memory store: a batch without entries');
  assert(batch.leafHashes.length === 32 * count, 'memory store: not 32 bytes of leaf hash per entry');
  assert(batch.ids.length === 16 * count, 'memory store: not 16 bytes of id per entry');
  assert(batch.parts.length === count, 'memory store: not one part number per entry');
  assert(
    batch.head.size === place.entries.length + count,
    'memory store: the head does not cover the entries',
  );
  assert(
    batch.head.control >= 0 && batch.head.control < batch.head.size,
    'memory store: control outside the log',
  );
  assert(
    batch.head.signatures.length >= 68 && batch.head.signatures.length % 68 === 0,
    'memory store: signatures are not 68 bytes each',
  );
  for (const [n, entry] of batch.entries.entries()) checkEntry(batch, entry, n);
  checkIds(place, batch);
  return checkTree(before, batch);
}

function checkEntry(batch: Batch, entry: Uint8Array | undefined, n: number): void {
  if (entry === undefined) return; // pruned before it was copied: the tree tells its hash
  assert(
    entry.length >= 1 && entry.length <= 65_535,
    `memory store: entry ${n} of the batch has ${entry.length} bytes`,
  );
  const given = batch.leafHashes.subarray(32 * n, 32 * n + 32);
  assert(same(given, leafHash(entry)), `memory store: leaf hash ${n} of the batch is not its entry's`);
}

function checkIds(place: Place, batch: Batch): void {
  const seen = new Set<string>();
  for (const [n, part] of batch.parts.entries()) {
    assert(Number.isSafeInteger(part) && part >= 0, `memory store: part ${part}`);
    const key = idKey(batch.ids.subarray(16 * n, 16 * n + 16), part);
    assert(!place.ids.has(key) && !seen.has(key), `memory store: id and part ${key} are there already`);
    seen.add(key);
  }
}

function checkTree(before: CompactRange, batch: Batch): CompactRange {
  const edge = before.clone();
  const expected: Subtree[] = [];
  for (let n = 0; n < batch.entries.length; n++) {
    edge.append(batch.leafHashes.subarray(32 * n, 32 * n + 32), (level, at, hash) =>
      expected.push({ level, n: at, hash }),
    );
  }
  assert(same(batch.head.root, edge.root()), 'memory store: the root is not the tree’s');
  assert(
    batch.subtrees.length === expected.length,
    'memory store: not the subtrees that the batch completes',
  );
  for (const { level, n, hash } of expected) {
    const given = batch.subtrees.find((subtree) => subtree.level === level && subtree.n === n);
    assert(given !== undefined && same(given.hash, hash), `memory store: subtree ${level}/${n} is wrong`);
  }
  return edge;
}

/** Fails loudly unless a cover is an entry of the log and its ranges are sorted, disjoint and before it. */
export function checkCover(place: Place, { by, ranges }: Cover): void {
  assert(by < place.entries.length, 'memory store: the cover is not in the log');
  let end = -1;
  for (const [first, last] of ranges) {
    assert(
      first > end && last >= first && last < by,
      'memory store: ranges not sorted, disjoint and before the cover',
    );
    end = last;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Name of an (id, part). */
export function idKey(id: Uint8Array, part: number): string {
  return `${Buffer.from(id).toString('hex')}/${part}`;
}
