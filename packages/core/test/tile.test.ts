import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Tile, tileNodes, tilesOf } from '../src/tile.ts';
import { formatBundle, formatTile, parseBundle, parseTile } from '../src/tile-data.ts';
import { entriesPath, parseEntriesPath, parseTilePath, tilePath } from '../src/tile-path.ts';
import { sized } from './merkle/trees.ts';
import { ascii, fromHex, hex, thrownBy, valueOrCode } from './shared.ts';

const BAD = { name: 'FormatError', code: 'BAD_TILE' };
const MOST = Number.MAX_SAFE_INTEGER;
const anyIndex = fc.oneof(fc.nat(3000), fc.maxSafeNat());
const anyWidth = fc.integer({ min: 1, max: 256 });

describe('paths of tiles', () => {
  const paths: [string, Tile][] = [
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/0/x001/x234/067.p/1', { level: 0, index: 1_234_067, width: 1 }],
    ['tile/0/273.p/112', { level: 0, index: 273, width: 112 }],
    ['tile/1/000.p/255', { level: 1, index: 0, width: 255 }],
    ['tile/9/999', { level: 9, index: 999, width: 256 }],
    ['tile/63/x001/000', { level: 63, index: 1000, width: 256 }],
    ['tile/3/x009/x007/x199/x254/x740/991', { level: 3, index: MOST, width: 256 }],
  ];
  it.each(paths)('%s', (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it('are read back as written', () => {
    fc.assert(
      fc.property(fc.nat(63), anyIndex, anyWidth, (level, index, width) => {
        expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width });
        expect(parseEntriesPath(entriesPath({ index, width }))).toEqual({ index, width });
        expect(entriesPath({ index, width })).toBe(
          tilePath({ level: 0, index, width }).replace('/0/', '/entries/'),
        );
      }),
    );
  });

  it('have one form only', () => {
    const pieces = fc.constantFrom(
      'tile/',
      '0',
      '1',
      '63',
      '/',
      'x',
      '000',
      '001',
      '256',
      '.p/',
      'entries',
      '07',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const path = `tile/${parts.join('')}`;
        expect([path, 'BAD_TILE']).toContain(valueOrCode(() => tilePath(parseTilePath(path))));
        expect([path, 'BAD_TILE']).toContain(valueOrCode(() => entriesPath(parseEntriesPath(path))));
      }),
      { numRuns: 3000 },
    );
  });

  const bad =
    'tile/0/0 tile/0/00 tile/0/0000 tile/00/000 tile/01/000 tile/64/000 tile/-1/000 tile/0/x000/001 tile/0/001/x002 tile/0/x001 ' +
    'tile/0/x1/002 tile/0/001/002 tile/0/000.p/0 tile/0/000.p/256 tile/0/000.p/01 tile/0/000.p/ tile/0/000.p tile/0/000.p/-1 tile/0/000.p/1/ ' +
    '/tile/0/000 tile//000 tile/0/000/ tile/0/x009/x007/x199/x254/x740/992 tile/8/0/000 tile/data/000 tile/0/\u0660\u0660\u0660 tile/1e0/000';
  it.each([...bad.split(' '), '', ' tile/0/000', 'tile/0/000\n', 'tile/entries/000'])('refuse %j', (path) => {
    expect(thrownBy(() => parseTilePath(path))).toMatchObject(BAD);
  });
  it.each(['tile/0/000', 'tile/entries/000.p/256', 'tile/entries/0', 'tile/entries/', 'entries/000'])(
    'of bundles refuse %j',
    (path) => {
      expect(thrownBy(() => parseEntriesPath(path))).toMatchObject(BAD);
    },
  );

  const none: Tile[] = [
    { level: 64, index: 0, width: 1 },
    { level: -1, index: 0, width: 1 },
    { level: 0.5, index: 0, width: 1 },
    { level: 0, index: -1, width: 1 },
    { level: 0, index: 2 ** 53, width: 1 },
    { level: 0, index: 0, width: 0 },
    { level: 0, index: 0, width: 257 },
    { level: 0, index: 0, width: Number.NaN },
  ];
  it.each(none)('are not made of %j', (tile) => {
    expect(thrownBy(() => tilePath(tile))).toMatchObject(BAD);
  });

  it.each(none.slice(3))('of bundles are not made of %j', (tile) => {
    expect(thrownBy(() => entriesPath(tile))).toMatchObject(BAD);
  });
});

describe('the tiles of a size', () => {
  function paths(size: number, from = 0): string[] {
    return [...tilesOf(sized(size), sized(from))].map(tilePath);
  }

  it('are those of the examples in C2SP tlog-tiles', () => {
    expect(paths(0)).toEqual([]);
    expect(paths(1)).toEqual(['tile/0/000.p/1']);
    expect(paths(256)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    const tiles = paths(70_000);
    expect(tiles.filter((path) => path.startsWith('tile/0/') && !path.includes('.p'))).toHaveLength(273);
    expect(tiles.filter((path) => !/^tile\/0\/\d+$/.test(path))).toEqual([
      'tile/0/273.p/112',
      'tile/1/000',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ]);
  });

  it('are, for a tree that grew, those it did not have', () => {
    const sizes = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const before = new Set(paths(from));
        expect(paths(to, from)).toEqual(paths(to).filter((path) => !before.has(path)));
      }),
      { numRuns: 60 },
    );
  });

  it('can be asked for at any size, of which only the new ones are made', () => {
    expect(paths(MOST, MOST - 1)).toHaveLength(1);
    expect(paths(2 ** 52, 2 ** 52 - 1).length).toBe(7);
  });

  it('name their nodes', () => {
    expect(tileNodes({ level: 2, index: 3, width: 2 })).toEqual([
      { level: 16, index: 768 },
      { level: 16, index: 769 },
    ]);
    expect(() => tileNodes({ level: 0, index: 0, width: 257 })).toThrow('256');
  });
});

describe('tile bytes', () => {
  it('are read back as written', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(fc.array(hash, { minLength: 1, maxLength: 256 }), (hashes) => {
        expect(parseTile(formatTile(hashes)).map(hex)).toEqual(hashes.map(hex));
      }),
    );
  });

  it.each([0, 1, 31, 33, 257 * 32])('refuse %i bytes', (length) => {
    expect(thrownBy(() => parseTile(new Uint8Array(length)))).toMatchObject(BAD);
  });

  it.each([[[]], [[new Uint8Array(31)]], [Array.from({ length: 257 }, () => new Uint8Array(32))]])(
    'are not made of other hashes',
    (hashes) => {
      expect(thrownBy(() => formatTile(hashes))).toMatchObject(BAD);
    },
  );
});

describe('entry bundles', () => {
  it('have each entry after its length', () => {
    expect(hex(formatBundle([ascii(''), ascii('a'), new Uint8Array(258)]))).toBe(
      `00000001610102${'00'.repeat(258)}`,
    );
  });

  it('are read back as written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 256 }),
        (entries) => {
          // A view into larger memory, as a file read in one piece is.
          const bytes = new Uint8Array([7, ...formatBundle(entries), 7]).subarray(1, -1);
          expect(parseBundle(bytes).map(hex)).toEqual(entries.map(hex));
          expect(thrownBy(() => parseBundle(bytes.subarray(0, -1)))).toMatchObject(BAD);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('take entries up to 65,535 bytes', () => {
    const largest = new Uint8Array(65_535).fill(1);
    expect(parseBundle(formatBundle([largest]))).toEqual([largest]);
    expect(thrownBy(() => formatBundle([new Uint8Array(65_536)]))).toMatchObject(BAD);
  });

  it.each(['', '00', '0001', '000261', '00016100', '0000'.repeat(257)])('refuse %s', (bytes) => {
    expect(thrownBy(() => parseBundle(fromHex(bytes)))).toMatchObject(BAD);
  });

  it('are not made of no entries or 257', () => {
    expect(thrownBy(() => formatBundle([]))).toMatchObject(BAD);
    expect(thrownBy(() => formatBundle(Array.from({ length: 257 }, () => ascii('a'))))).toMatchObject(BAD);
  });
});
