import { describe, expect, it } from 'vitest';
import { checkConsistency, checkInclusion } from '../../src/merkle/check.ts';
import { proveConsistency, proveInclusion, treeRoot } from '../../src/merkle/prove.ts';
import { hex } from '../shared.ts';
import { Reference } from './reference.ts';
import { at, entriesTo, flip, sized, strictReader, withFlip } from './trees.ts';

const MOST = 300;
const tree = new Reference(entriesTo(MOST));
const sizes = Array.from({ length: MOST }, (_, i) => i + 1);
// Every pair up to here; beyond, a spread of partners that reaches each power of two and its neighbours.
const ALL_PAIRS = 70;

function partners(size: number): number[] {
  if (size <= ALL_PAIRS) return Array.from({ length: size }, (_, i) => i);
  const near = [1, 2, 4, 8, 16, 32, 64, 128, 256].flatMap((power) => [
    power - 1,
    power,
    power + 1,
    size - power,
  ]);
  return [...new Set([...near, Math.floor(size / 3), size - 1])].filter((i) => i >= 0 && i < size);
}

function same(hashes: readonly Uint8Array[], expected: readonly Uint8Array[]): boolean {
  return (
    hashes.length === expected.length &&
    hashes.every((hash, i) => hex(hash) === hex(expected[i] ?? Buffer.of()))
  );
}

describe('roots', () => {
  it(`are the reference's at each size to ${MOST}`, async () => {
    for (const size of [0, ...sizes]) {
      expect(hex(await treeRoot(sized(size), strictReader(tree, size)))).toBe(hex(tree.root(0, size)));
    }
  });
});

describe('inclusion proofs', () => {
  it(`are the reference's, hold, and no longer hold when anything is changed, at each size to ${MOST}`, async () => {
    for (const size of sizes) {
      const root = tree.root(0, size);
      for (const index of partners(size)) {
        const proof = await proveInclusion(at(index), sized(size), strictReader(tree, size));
        expect(same(proof, tree.path(index, 0, size)), `proof of ${index} in ${size}`).toBe(true);
        const claim = {
          index: at(index),
          size: sized(size),
          leafHash: tree.root(index, index + 1),
          proof,
          root,
        };
        expect(checkInclusion(claim)).toEqual({ ok: true });
        expect(brokenInclusions(claim), `of ${index} in ${size}`).toEqual([]);
      }
    }
  }, 60_000);

  it('are not made outside the tree', async () => {
    const read = strictReader(tree, 5);
    await expect(proveInclusion(at(5), sized(5), read)).rejects.toMatchObject({
      name: 'TreeError',
      code: 'BAD_RANGE',
    });
    await expect(proveInclusion(at(0), sized(0), read)).rejects.toMatchObject({
      name: 'TreeError',
      code: 'BAD_RANGE',
    });
  });
});

describe('consistency proofs', () => {
  it(`are the reference's, hold, and no longer hold when anything is changed, at each size to ${MOST}`, async () => {
    for (const size2 of sizes) {
      for (const size1 of partners(size2)) {
        if (size1 === 0) continue;
        const proof = await proveConsistency(sized(size1), sized(size2), strictReader(tree, size2));
        expect(same(proof, tree.proof(size1, size2)), `proof from ${size1} to ${size2}`).toBe(true);
        const roots = { root1: tree.root(0, size1), root2: tree.root(0, size2) };
        const claim = { size1: sized(size1), size2: sized(size2), ...roots, proof };
        expect(checkConsistency(claim)).toEqual({ ok: true });
        expect(brokenConsistencies(claim), `from ${size1} to ${size2}`).toEqual([]);
      }
    }
  }, 60_000);

  it('are empty between equal sizes, and not made from the empty tree or backwards', async () => {
    expect(await proveConsistency(sized(7), sized(7), strictReader(tree, 7))).toEqual([]);
    for (const [size1, size2] of [
      [0, 0],
      [0, 5],
      [6, 5],
    ] as const) {
      await expect(
        proveConsistency(sized(size1), sized(size2), strictReader(tree, size2)),
      ).rejects.toMatchObject({
        name: 'TreeError',
        code: 'BAD_RANGE',
      });
    }
  });
});

describe('a reader that answers wrongly', () => {
  const wrong: [string, Uint8Array[]][] = [
    ['nothing', []],
    ['too few hashes', [new Uint8Array(32)]],
    ['too many hashes', Array.from({ length: 9 }, () => new Uint8Array(32))],
    ['short hashes', Array.from({ length: 3 }, () => new Uint8Array(31))],
  ];
  it.each(wrong)('is refused: %s', async (_, hashes) => {
    await expect(proveInclusion(at(3), sized(8), async () => hashes)).rejects.toMatchObject({
      name: 'TreeError',
      code: 'BAD_HASHES',
    });
  });
});

// What still holds though it was changed: nothing may. One bit of each hash, another at each step.
function brokenInclusions(claim: Parameters<typeof checkInclusion>[0]): string[] {
  const { index, size, leafHash, proof, root } = claim;
  const bit = index * 31 + size * 7;
  const changed = new Map<string, typeof claim>([
    ['leaf', { ...claim, leafHash: flip(leafHash, bit) }],
    ['root', { ...claim, root: flip(root, bit) }],
    ['longer', { ...claim, proof: [...proof, root] }],
    ['shifted', { ...claim, proof: [leafHash, ...proof] }],
  ]);
  if (index > 0) changed.set('index', { ...claim, index: at(index - 1) });
  if (proof.length > 0)
    changed
      .set('shorter', { ...claim, proof: proof.slice(0, -1) })
      .set('short hash', { ...claim, proof: [...proof.slice(0, -1), root.subarray(1)] });
  proof.forEach((_, i) => {
    changed.set(`hash ${i}`, { ...claim, proof: withFlip(proof, i, bit + i * 13) });
  });
  return [...changed].filter(([, one]) => checkInclusion(one).ok).map(([name]) => name);
}

function brokenConsistencies(claim: Parameters<typeof checkConsistency>[0]): string[] {
  const { size1, size2, root1, root2, proof } = claim;
  const bit = size1 * 31 + size2 * 7;
  const changed = new Map<string, typeof claim>([
    ['old root', { ...claim, root1: flip(root1, bit) }],
    ['new root', { ...claim, root2: flip(root2, bit) }],
    ['longer', { ...claim, proof: [...proof, root2] }],
    ['shifted', { ...claim, proof: [root1, ...proof] }],
    ['backwards', { size1: size2, size2: size1, root1: root2, root2: root1, proof }],
    ['from nothing', { ...claim, size1: sized(0) }],
    ['to itself', { ...claim, size2: size1 }],
    ['short root', { ...claim, root1: root1.subarray(1) }],
  ]);
  if (proof.length > 0) changed.set('shorter', { ...claim, proof: proof.slice(0, -1) });
  proof.forEach((_, i) => {
    changed.set(`hash ${i}`, { ...claim, proof: withFlip(proof, i, bit + i * 13) });
  });
  return [...changed].filter(([, one]) => checkConsistency(one).ok).map(([name]) => name);
}
