import {
  CompactRange,
  checkInclusion,
  leafHash as coreLeaf,
  type EntryIndex,
  encodeBase64,
  type HashReader,
  nodeHash,
  proveInclusion,
  type TreeSize,
  treeRoot,
} from '@zegel/core';
import { expect, test } from 'vitest';
import { type Bytes, decodeBase64, encodeBase64 as ours } from '../browser/verify-bytes.ts';
import { isIncluded, leafHash } from '../browser/verify-tree.ts';

const { subtle } = crypto;
const bytesOf = (n: number): Bytes => Uint8Array.from(Buffer.from(`entry ${n}`));
const copy = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);

/** A tree of different leaves. */
function treeOf(size: number): HashReader {
  return async (nodes) =>
    nodes.map(({ level, index }) => {
      const range = CompactRange.empty();
      for (let at = index * 2 ** level; at < (index + 1) * 2 ** level; at++) {
        if (at >= size) throw new Error('beyond the tree');
        range.append(coreLeaf(bytesOf(at)));
      }
      return range.root();
    });
}

/** A tree of equal leaves has equal nodes, so that it can be as large as numbers go. */
const equal: Uint8Array[] = [coreLeaf(bytesOf(0))];
for (let level = 0; level < 53; level++) {
  const below = equal[level] ?? new Uint8Array();
  equal.push(nodeHash(below, below));
}
const huge: HashReader = async (nodes) => nodes.map(({ level }) => equal[level] ?? new Uint8Array());

async function claimOf(index: number, size: number, read: HashReader, leaf: Bytes) {
  const path = (await proveInclusion(index as EntryIndex, size as TreeSize, read)).map(copy);
  return { claim: { index, size, leaf, path }, root: copy(await treeRoot(size as TreeSize, read)) };
}

test('leaf hashes are those of core', async () => {
  for (const n of [0, 1, 7]) expect(await leafHash(bytesOf(n), subtle)).toEqual(copy(coreLeaf(bytesOf(n))));
});

test('every entry of every small tree is where core says, and nowhere else', async () => {
  for (let size = 1; size <= 33; size++)
    for (let index = 0; index < size; index++) {
      const { claim, root } = await claimOf(index, size, treeOf(size), copy(coreLeaf(bytesOf(index))));
      expect(await isIncluded(claim, root, subtle), `${index} of ${size}`).toBe(true);
      for (const other of [index - 1, index + 1])
        expect(await isIncluded({ ...claim, index: other }, root, subtle), `${other}`).toBe(false);
    }
});

test('a bit of the leaf, of any hash or of the root, and a hash too many or too few, are seen', async () => {
  const { claim, root } = await claimOf(11, 21, treeOf(21), copy(coreLeaf(bytesOf(11))));
  const flipped = (bytes: Bytes, bit: number): Bytes =>
    bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
  expect(await isIncluded(claim, root, subtle)).toBe(true);
  for (let bit = 0; bit < 256; bit += 5) {
    expect(await isIncluded({ ...claim, leaf: flipped(claim.leaf, bit) }, root, subtle)).toBe(false);
    expect(await isIncluded(claim, flipped(root, bit), subtle)).toBe(false);
    for (const [at] of claim.path.entries()) {
      const path = claim.path.map((hash, i) => (i === at ? flipped(hash, bit) : hash));
      expect(await isIncluded({ ...claim, path }, root, subtle)).toBe(false);
    }
  }
  for (const path of [claim.path.slice(1), claim.path.slice(0, -1), [...claim.path, root], []])
    expect(await isIncluded({ ...claim, path }, root, subtle)).toBe(false);
  const short = claim.path.map((hash) => hash.slice(1));
  expect(await isIncluded({ ...claim, path: short }, root, subtle)).toBe(false);
});

test('trees beyond 32 bits are checked without losing digits', async () => {
  const most = Number.MAX_SAFE_INTEGER;
  for (const size of [2 ** 31 + 1, 2 ** 32, 2 ** 32 + 3, 2 ** 40 + 7, 2 ** 52 + 1, most])
    for (const index of [0, 5, 2 ** 31, Math.floor(size / 3), size - 1]) {
      const { claim, root } = await claimOf(index, size, huge, copy(equal[0] ?? new Uint8Array()));
      expect(await isIncluded(claim, root, subtle), `${index} of ${size}`).toBe(true);
      for (const other of [size - 1, Math.floor(size / 2), size % 2 ** 32]) {
        const shrunk = { ...claim, size: other };
        const core = checkInclusion({
          ...claim,
          size: other as TreeSize,
          index: index as EntryIndex,
          leafHash: claim.leaf,
          proof: claim.path,
          root,
        });
        expect(await isIncluded(shrunk, root, subtle), `${index} of ${other}`).toBe(core.ok);
      }
    }
  for (const [index, size] of [
    [-1, 5],
    [0.5, 5],
    [5, 5],
    [0, 0],
    [0, 2 ** 53],
  ] as const)
    expect(
      await isIncluded(
        { index, size, leaf: copy(equal[0] ?? new Uint8Array()), path: [] },
        copy(equal[0] ?? new Uint8Array()),
        subtle,
      ),
    ).toBe(false);
});

test('base64 of large bytes is that of core, both ways', () => {
  const bytes = Uint8Array.from({ length: 70_001 }, (_, i) => (i * 31) % 256);
  expect(ours(bytes)).toBe(encodeBase64(bytes));
  expect(decodeBase64(ours(bytes))).toEqual(bytes);
});
