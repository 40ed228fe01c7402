import { describe, expect, it } from 'vitest';
import { CompactRange } from '../../src/merkle/compact-range.ts';
import { leafHash, nodeHash } from '../../src/merkle/hash.ts';
import { hex } from '../shared.ts';
import { Reference } from './reference.ts';
import { entriesTo, sized } from './trees.ts';

const LEAVES = 2 * 256 + 37;
const entries = entriesTo(LEAVES);
const tree = new Reference(entries);

describe('a compact range', () => {
  it('has the root of the reference after each leaf, also when continued from its hashes', () => {
    let range = CompactRange.empty();
    for (let size = 0; size < LEAVES; size++) {
      expect(hex(range.root())).toBe(hex(tree.root(0, size)));
      range = CompactRange.from(range.size, range.hashes);
      range.append(leafHash(entries[size] ?? new Uint8Array()));
    }
    expect(range.size).toBe(LEAVES);
  });

  it('tells of each 256-wide subtree when it is complete', () => {
    const range = CompactRange.empty();
    const told: string[] = [];
    entries.forEach((entry, index) => {
      range.append(leafHash(entry), (level, n, hash) => told.push(`${index} ${level} ${n} ${hex(hash)}`));
    });
    expect(told).toEqual([`255 1 0 ${hex(tree.root(0, 256))}`, `511 1 1 ${hex(tree.root(256, 512))}`]);
  });

  it('tells of two levels in the same step', () => {
    const range = CompactRange.empty();
    const told: string[] = [];
    const leaf = new Uint8Array(32);
    for (let i = 0; i < 65_536; i++) range.append(leaf, (level, n) => told.push(`${i} ${level} ${n}`));
    expect(told.slice(-2)).toEqual(['65535 1 255', '65535 2 0']);
    expect(told).toHaveLength(257);
  });

  it('keeps nothing of what it was given, nor of its clones', () => {
    const leaf = Buffer.alloc(32, 1);
    const range = CompactRange.empty();
    range.append(leaf);
    const root = hex(range.root());
    leaf.fill(2);
    range.clone().append(leaf);
    range.root().fill(3);
    expect(hex(range.root())).toBe(root);
    expect(range.size).toBe(1);
    CompactRange.empty().root().fill(4);
    expect(hex(CompactRange.empty().root())).toBe(hex(tree.root(0, 0)));
  });

  it('refuses hashes that are not those of its size', () => {
    const hash = new Uint8Array(32);
    const bad = { name: 'TreeError', code: 'BAD_HASHES' };
    expect(() => CompactRange.from(sized(3), [hash])).toThrow(expect.objectContaining(bad));
    expect(() => CompactRange.from(sized(0), [hash])).toThrow(expect.objectContaining(bad));
    expect(() => CompactRange.from(sized(1), [hash.subarray(1)])).toThrow(expect.objectContaining(bad));
    expect(() => CompactRange.empty().append(hash.subarray(1))).toThrow(expect.objectContaining(bad));
  });
});

describe('hashes', () => {
  it('of leaves take entries of any length', () => {
    for (const length of [0, 1, 65_534, 65_535, 65_536, 200_000]) {
      const entry = new Uint8Array(length).fill(length % 251);
      expect(hex(leafHash(entry))).toBe(hex(new Reference([entry]).root(0, 1)));
    }
  });

  it('of nodes take two hashes of 32 bytes and nothing else', () => {
    const hash = new Uint8Array(32);
    expect(() => nodeHash(hash, hash.subarray(1))).toThrow('32 bytes');
    expect(() => nodeHash(new Uint8Array(33), hash)).toThrow('32 bytes');
  });
});
