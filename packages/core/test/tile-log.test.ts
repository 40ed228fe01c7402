import { describe, expect, it } from 'vitest';
import { type Checkpoint, openCheckpoint } from '../src/checkpoint.ts';
import { checkConsistency, checkInclusion } from '../src/merkle/check.ts';
import { CompactRange } from '../src/merkle/compact-range.ts';
import { leafHash } from '../src/merkle/hash.ts';
import { proveConsistency, proveInclusion, treeRoot } from '../src/merkle/prove.ts';
import type { HashReader } from '../src/merkle/span.ts';
import { parseVkey } from '../src/note-key.ts';
import { tilesOf } from '../src/tile.ts';
import { parseBundle, parseTile } from '../src/tile-data.ts';
import { entriesPath, tilePath } from '../src/tile-path.ts';
import { formatTlogProof } from '../src/tlog-proof.ts';
import { checkTlogProof } from '../src/tlog-proof-check.ts';
import { at, sized } from './merkle/trees.ts';
import { hex, noVectors, vectorBytes, vectorFiles, vectorText } from './shared.ts';

// Another implementation's log (transparency-dev/tessera), read with nothing but its files and its key.
const log = 'tlog-tiles-log';
const verifiers = [
  parseVkey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'),
];
const sizes = Array.from({ length: 16 }, (_, i) => i);

function head(size: number): Checkpoint {
  return openCheckpoint(vectorBytes(`${log}/checkpoint.${size}`), verifiers).checkpoint;
}

function leaves(size: number): Uint8Array[] {
  return [...tilesOf(sized(size))].flatMap((tile) => parseTile(vectorBytes(`${log}/${tilePath(tile)}`)));
}

function entries(size: number): Uint8Array[] {
  return size === 0 ? [] : parseBundle(vectorBytes(`${log}/${entriesPath({ index: 0, width: size })}`));
}

// Tiles of this size have leaf hashes only; nodes above are computed from them.
function reader(size: number): HashReader {
  const hashes = leaves(size);
  return async (nodes) =>
    nodes.map(({ level, index }) => {
      const range = CompactRange.empty();
      for (const hash of hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)) range.append(hash);
      return range.root();
    });
}

describe.skipIf(noVectors)('a log of another implementation', () => {
  it('has a newest checkpoint, the one of 15 entries', () => {
    expect(vectorText(`${log}/checkpoint`)).toBe(vectorText(`${log}/checkpoint.15`));
    const { checkpoint, note } = openCheckpoint(vectorText(`${log}/checkpoint`), verifiers);
    expect(checkpoint).toMatchObject({ origin: 'example.com/log/testdata', size: 15, extensions: [] });
    expect(note).toMatchObject({
      verified: [{ name: 'example.com/log/testdata', keyId: '33d7b496' }],
      unverified: [],
    });
  });

  it.each(sizes)('has checkpoint, tiles and bundle of %i entries that belong together', async (size) => {
    const { root, size: signed } = head(size);
    expect(signed).toBe(size);
    const hashes = leaves(size);
    expect(hashes).toHaveLength(size);
    expect(entries(size).map((entry) => hex(leafHash(entry)))).toEqual(hashes.map(hex));
    const range = CompactRange.empty();
    for (const hash of hashes) range.append(hash);
    expect(hex(range.root())).toBe(hex(root));
    expect(hex(await treeRoot(sized(size), reader(size)))).toBe(hex(root));
  });

  it('has no other tiles or bundles than those its sizes imply', () => {
    const implied = sizes.flatMap((size) =>
      [...tilesOf(sized(size))].flatMap((tile) => [tilePath(tile), entriesPath(tile)]),
    );
    expect(vectorFiles(`${log}/tile`).map((path) => path.slice(log.length + 1))).toEqual(implied.sort());
  });

  it('is consistent between all its checkpoints', async () => {
    for (const size2 of sizes.slice(1)) {
      for (const size1 of sizes.slice(1, size2)) {
        const proof = await proveConsistency(sized(size1), sized(size2), reader(size2));
        const claim = {
          size1: sized(size1),
          size2: sized(size2),
          root1: head(size1).root,
          root2: head(size2).root,
          proof,
        };
        expect(checkConsistency(claim)).toEqual({ ok: true });
        expect(checkConsistency({ ...claim, root1: head(size1 - 1).root }).ok).toBe(false);
      }
    }
  });

  it('includes each entry under each later checkpoint', async () => {
    for (const size of sizes.slice(1)) {
      const { root } = head(size);
      const [inTree, listed] = [leaves(size), entries(size)];
      for (const index of sizes.slice(0, size)) {
        const proof = await proveInclusion(at(index), sized(size), reader(size));
        const claim = {
          index: at(index),
          size: sized(size),
          leafHash: inTree[index] ?? new Uint8Array(),
          proof,
          root,
        };
        expect(checkInclusion(claim)).toEqual({ ok: true });
        const file = formatTlogProof({
          index: at(index),
          hashes: proof,
          checkpoint: vectorText(`${log}/checkpoint.${size}`),
        });
        const entry = listed[index] ?? new Uint8Array();
        expect(checkTlogProof({ proof: file, entry, verifiers })).toMatchObject({
          ok: true,
          index,
          checkpoint: { size },
        });
      }
    }
  });
});
