import { describe, expect, it } from 'vitest';
import type { EntryIndex, TreeSize } from '../../src/brand.ts';
import { checkConsistency, checkInclusion } from '../../src/merkle/check.ts';
import { CompactRange } from '../../src/merkle/compact-range.ts';
import { EMPTY_ROOT, leafHash } from '../../src/merkle/hash.ts';
import { treeRoot } from '../../src/merkle/prove.ts';
import { fromHex, hex, noVectors, vectorFiles, vectorText } from '../shared.ts';
import { sized } from './trees.ts';

interface Case {
  readonly desc: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
}
type Inclusion = Case & Record<'leafIdx' | 'treeSize', number> & Record<'root' | 'leafHash', string>;
type Consistency = Case & Record<'size1' | 'size2', number> & Record<'root1' | 'root2', string>;

function bytes(text: string | null): Uint8Array {
  return new Uint8Array(Buffer.from(text ?? '', 'base64'));
}

const inclusion = noVectors ? [] : vectorFiles('rfc6962-proofs/inclusion', '.json');
const consistency = noVectors ? [] : vectorFiles('rfc6962-proofs/consistency', '.json');

describe.skipIf(noVectors)('inclusion proofs of transparency-dev/merkle', () => {
  it('are all there', () => expect(inclusion).toHaveLength(98));

  it.each(inclusion)('%s', (path) => {
    const claim = JSON.parse(vectorText(path)) as Inclusion;
    const result = checkInclusion({
      // Some files have numbers over 2^53, which lose their last digits here: they must fail as what they become.
      index: claim.leafIdx as EntryIndex,
      size: claim.treeSize as TreeSize,
      leafHash: bytes(claim.leafHash),
      root: bytes(claim.root),
      proof: (claim.proof ?? []).map(bytes),
    });
    expect(result.ok).toBe(!claim.wantErr);
  });

  it('have numbers over 2^53 among them', () => {
    const large = inclusion.filter(
      (path) => !Number.isSafeInteger((JSON.parse(vectorText(path)) as Inclusion).leafIdx),
    );
    expect(large.length).toBeGreaterThan(0);
  });
});

describe.skipIf(noVectors)('consistency proofs of transparency-dev/merkle', () => {
  it('are all there', () => expect(consistency).toHaveLength(98));

  it.each(consistency)('%s', (path) => {
    const { size1, size2, root1, root2, proof, wantErr } = JSON.parse(vectorText(path)) as Consistency;
    const result = checkConsistency({
      size1: size1 as TreeSize,
      size2: size2 as TreeSize,
      root1: bytes(root1),
      root2: bytes(root2),
      proof: (proof ?? []).map(bytes),
    });
    expect(result.ok).toBe(!wantErr);
  });
});

interface Constants {
  readonly leafInputsHex: readonly string[];
  readonly emptyRoot: string;
  readonly rootsBySize1to8: readonly string[];
  readonly nodeHashesByLevel: readonly (readonly string[])[];
}

describe.skipIf(noVectors)('constants of transparency-dev/merkle', () => {
  const constants = noVectors ? undefined : (JSON.parse(vectorText('rfc6962-constants.json')) as Constants);

  it('are what appending gives', () => {
    const range = CompactRange.empty();
    expect(hex(range.root())).toBe(constants?.emptyRoot);
    expect(hex(EMPTY_ROOT)).toBe(constants?.emptyRoot);
    constants?.leafInputsHex.forEach((leaf, i) => {
      const hash = leafHash(fromHex(leaf));
      expect(hex(hash)).toBe(constants.nodeHashesByLevel[0]?.[i]);
      range.append(hash);
      expect(hex(range.root())).toBe(constants.rootsBySize1to8[i]);
    });
    expect(range.size).toBe(8);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('are what %i leaves give when read', async (size) => {
    const root = await treeRoot(sized(size), async (nodes) =>
      nodes.map(({ level, index }) => fromHex(constants?.nodeHashesByLevel[level]?.[index] ?? '')),
    );
    expect(hex(root)).toBe(size === 0 ? constants?.emptyRoot : constants?.rootsBySize1to8[size - 1]);
  });
});
