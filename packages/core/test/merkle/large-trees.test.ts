import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryIndex, TreeSize } from '../../src/brand.ts';
import { checkConsistency, checkInclusion } from '../../src/merkle/check.ts';
import { CompactRange } from '../../src/merkle/compact-range.ts';
import { leafHash, nodeHash } from '../../src/merkle/hash.ts';
import { proveConsistency, proveInclusion, treeRoot } from '../../src/merkle/prove.ts';
import type { HashReader } from '../../src/merkle/span.ts';
import { hex } from '../shared.ts';
import { at, sized } from './trees.ts';

// A tree of equal leaves has equal nodes, so that it can be as large as numbers go.
const same: Uint8Array[] = [leafHash(new Uint8Array(0))];
for (let level = 0; level < 53; level++) {
  const below = same[level] ?? new Uint8Array();
  same.push(nodeHash(below, below));
}

const reader =
  (size: number): HashReader =>
  async (nodes) =>
    nodes.map(({ level, index }) => {
      // BigInt keeps its digits where the product of numbers would not.
      if ((BigInt(index) + 1n) << BigInt(level) > BigInt(size))
        throw new Error(`${level}/${index} is not in ${size}`);
      return same[level] ?? new Uint8Array();
    });

const MOST = Number.MAX_SAFE_INTEGER;
const edges = [2 ** 31, 2 ** 32, 2 ** 33 + 5, 2 ** 52, MOST].flatMap((n) => [
  n - 1,
  n,
  Math.min(n + 1, MOST),
]);
const anySize = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 1, max: MOST }));

/** Root computed with BigInt alone, as a second opinion. */
function rootOf(size: number): string {
  let root: Uint8Array | undefined;
  for (let level = 0n; level < 53n; level++) {
    if (((BigInt(size) >> level) & 1n) === 0n) continue;
    const whole = same[Number(level)] ?? new Uint8Array();
    root = root === undefined ? whole : nodeHash(whole, root);
  }
  return hex(root ?? new Uint8Array());
}

describe('trees beyond 32 bits', () => {
  it('have their roots', async () => {
    for (const size of edges) expect(hex(await treeRoot(sized(size), reader(size)))).toBe(rootOf(size));
  });

  it('have inclusion proofs that hold for no smaller or larger tree', async () => {
    await fc.assert(
      fc.asyncProperty(anySize, fc.double({ min: 0, max: 1, noNaN: true }), async (size, where) => {
        const index = at(Math.min(Math.floor(size * where), size - 1));
        const root = await treeRoot(sized(size), reader(size));
        const proof = await proveInclusion(index, sized(size), reader(size));
        const claim = { index, size: sized(size), leafHash: same[0] ?? new Uint8Array(), proof, root };
        expect(checkInclusion(claim)).toEqual({ ok: true });
        expect(checkInclusion({ ...claim, index: size as EntryIndex }).ok).toBe(false);
        expect(checkInclusion({ ...claim, proof: proof.slice(1) }).ok).toBe(proof.length === 0);
      }),
      { numRuns: 300 },
    );
  });

  it('have consistency proofs', async () => {
    await fc.assert(
      fc.asyncProperty(anySize, anySize, async (a, b) => {
        const [size1, size2] = [sized(Math.min(a, b)), sized(Math.max(a, b))];
        const proof = await proveConsistency(size1, size2, reader(size2));
        const root1 = await treeRoot(size1, reader(size1));
        const root2 = await treeRoot(size2, reader(size2));
        expect(checkConsistency({ size1, size2, root1, root2, proof })).toEqual({ ok: true });
        expect(checkConsistency({ size1, size2, root1: root2, root2: root1, proof }).ok).toBe(
          size1 === size2,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('grow by one leaf as the reader says they do', async () => {
    for (const size of edges.filter((n) => n < MOST)) {
      const bits = size.toString(2).split('').toReversed();
      const hashes = bits
        .flatMap((bit, level) => (bit === '1' ? [same[level] ?? new Uint8Array()] : []))
        .toReversed();
      const range = CompactRange.from(sized(size), hashes);
      const subtrees: [number, number][] = [];
      range.append(same[0] ?? new Uint8Array(), (level, n) => subtrees.push([level, n]));
      expect(range.size).toBe(size + 1);
      expect(hex(range.root())).toBe(rootOf(size + 1));
      const expected: [number, number][] = [1, 2, 3, 4, 5, 6]
        .filter((level) => BigInt(size + 1) % 256n ** BigInt(level) === 0n)
        .map((level) => [level, Number(BigInt(size + 1) / 256n ** BigInt(level) - 1n)]);
      expect(subtrees).toEqual(expected);
    }
  });

  it.each([2 ** 53, 2 ** 64, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'are no trees with %d leaves',
    (size) => {
      const hash = same[0] ?? new Uint8Array();
      const claimed = size as TreeSize;
      expect(checkInclusion({ index: at(0), size: claimed, leafHash: hash, proof: [], root: hash }).ok).toBe(
        false,
      );
      expect(
        checkInclusion({ index: size as EntryIndex, size: sized(1), leafHash: hash, proof: [], root: hash })
          .ok,
      ).toBe(false);
      expect(
        checkConsistency({ size1: claimed, size2: claimed, root1: hash, root2: hash, proof: [] }).ok,
      ).toBe(false);
      expect(
        checkConsistency({ size1: sized(1), size2: claimed, root1: hash, root2: hash, proof: [] }).ok,
      ).toBe(false);
    },
  );
});
