import { randomBytes } from 'node:crypto';
import { constants, zstdCompressSync } from 'node:zlib';
import { encodeUtf8, signNote } from '@zegel/core';
import { someEntries } from '@zegel/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSegment } from '../src/segment/decode-segment.ts';
import { encodePruned } from '../src/segment/encode-segment.ts';
import { MAX_PLAIN_BYTES, type Segment, SEGMENT_MAGIC } from '../src/segment/segment.ts';
import { formatClaim, originPrev } from '../src/segment/segment-note.ts';
import { logEntries, ORIGIN, SIGNER, segmentObject, TRUST } from './lib/segments.ts';

const PLAIN = segmentObject(logEntries(12));
const OPAQUE = segmentObject({
  entries: someEntries(8),
  ids: new Uint8Array(randomBytes(128)),
  parts: someEntries(8).map((_, n) => n),
});
const PRUNED = encodePruned(read(PLAIN), (index) => index % 3 === 0, randomBytes(16));

function read(bytes: Uint8Array): Segment {
  const segment = decodeSegment(bytes, TRUST);
  if (segment.kind === 'problem') throw new Error(segment.reason);
  return segment;
}

/** What a segment says; of ids and parts only what hashes cover. */
function said(segment: Segment, covered: 'all' | 'hashed'): string {
  const { first, count, prev, root, entries, leafHashes, ids, parts } = segment;
  const hex = (bytes: Uint8Array | undefined): string | undefined =>
    bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');
  const marks = covered === 'all' ? [hex(ids), parts] : [];
  return JSON.stringify([first, count, hex(prev), hex(root), entries.map(hex), hex(leafHashes), ...marks]);
}

/** The same object with some bytes changed. */
function changed(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = new Uint8Array(bytes);
    for (const { at, by } of changes) copy[at] = (copy[at] ?? 0) ^ by;
    return copy;
  });
}

describe('any changed byte is noticed or changes nothing that is read', () => {
  it.each([
    ['of entries of a log', PLAIN, 'all'],
    ['of entries that say no id', OPAQUE, 'hashed'],
    ['with pruned bodies', PRUNED, 'hashed'],
  ] as const)('%s, wherever and however', (_, bytes, covered) => {
    const truth = said(read(bytes), covered);
    fc.assert(
      fc.property(changed(bytes), (copy) => {
        const segment = decodeSegment(copy, TRUST);
        return segment.kind === 'problem' || said(segment, covered) === truth;
      }),
      { numRuns: 2000 },
    );
  });

  it('of each byte by itself', () => {
    const truth = said(read(PLAIN), 'all');
    const misread = [...PLAIN.keys()].filter((at) => {
      const copy = new Uint8Array(PLAIN);
      copy[at] = (copy[at] ?? 0) ^ 1;
      const segment = decodeSegment(copy, TRUST);
      return segment.kind === 'segment' && said(segment, 'all') !== truth;
    });
    expect(misread).toEqual([]);
  });
});

it('notices that the end is missing, wherever it was cut', () => {
  for (let length = 0; length < PLAIN.length; length++)
    expect(decodeSegment(PLAIN.subarray(0, length), TRUST).kind, `${length} bytes`).toBe('problem');
});

it('takes any bytes for what they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isMarked) => {
      const object = isMarked ? Buffer.concat([SEGMENT_MAGIC, bytes]) : bytes;
      return decodeSegment(object, TRUST).kind === 'problem';
    }),
    { numRuns: 2000 },
  );
});

/** An object with a rightly signed note over `count` entries and anything behind it. */
function signedObject(count: number, size: number, packed: Uint8Array): Uint8Array {
  const claim = { origin: ORIGIN, first: 0, count, prev: originPrev(ORIGIN), root: new Uint8Array(32) };
  const note = encodeUtf8(signNote(formatClaim(claim), [SIGNER]));
  const [noteLength, plainLength] = [Buffer.alloc(4), Buffer.alloc(4)];
  noteLength.writeUInt32BE(note.length);
  plainLength.writeUInt32BE(size);
  return Buffer.concat([SEGMENT_MAGIC, randomBytes(16), noteLength, note, plainLength, packed]);
}

describe('never unpacks more than it was told', () => {
  const bomb = zstdCompressSync(Buffer.alloc(2 ** 27), {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
  });
  const reason = (object: Uint8Array): string => {
    const before = process.memoryUsage();
    const segment = decodeSegment(object, TRUST);
    const { arrayBuffers, external } = process.memoryUsage();
    expect(arrayBuffers + external - before.arrayBuffers - before.external).toBeLessThan(2 ** 25);
    return segment.kind === 'problem' ? segment.reason : 'believed';
  };

  it.each([
    ['a length that the entries can not have', 1, 2 ** 27, 'its length is impossible'],
    ['a length beyond any segment', 65_536, MAX_PLAIN_BYTES + 1, 'its length is impossible'],
    ['a length that is not that of what is packed', 1, 1000, 'it does not unpack'],
    ['no length', 1, 0, 'its length is impossible'],
  ])('%s', (_, count, size, why) => {
    expect(bomb.length).toBeLessThan(2 ** 16);
    expect(reason(signedObject(count, size, bomb))).toBe(why);
  });

  it('of a longer length than is packed', () => {
    const packed = zstdCompressSync(Buffer.alloc(100));
    expect(reason(signedObject(1, 101, packed))).toBe('it unpacks to another length');
  });

  it('before the signature was looked at', () => {
    const object = Buffer.from(signedObject(1, 1000, bomb));
    const dash = object.indexOf('\n\n');
    object[dash + 60] = (object[dash + 60] ?? 0) ^ 1;
    expect(reason(object)).not.toMatch(/unpack|length/);
  });
});

describe('takes nothing that it would not have written', () => {
  const entry = Buffer.from('{"a":1}');
  const framed = Buffer.concat([Buffer.from([0, 7]), entry]);
  const row = Buffer.alloc(18, 1);
  const reason = (plain: Buffer): string => {
    const segment = decodeSegment(signedObject(1, plain.length, zstdCompressSync(plain)), TRUST);
    return segment.kind === 'problem' ? segment.reason : 'believed';
  };
  const own1 = logEntries(1);
  const own = Buffer.concat([Buffer.alloc(2), ...own1.entries]);
  own.writeUInt16BE(own.length - 2);

  it.each([
    ['unknown flags', Buffer.concat([Buffer.from([2]), framed]), /flags/],
    ['an entry without an id', Buffer.concat([Buffer.from([0]), framed]), /does not say its id/],
    ['an entry cut short', Buffer.concat([Buffer.from([1]), row, framed.subarray(0, 5)]), /too early/],
    ['a table cut short', Buffer.concat([Buffer.from([1]), row.subarray(0, 9)]), /too early/],
    ['something behind the entries', Buffer.concat([Buffer.from([1]), row, framed, entry]), /more in it/],
    [
      'a table that nothing needs',
      Buffer.concat([Buffer.from([1]), Buffer.from(own1.ids), Buffer.alloc(2), own]),
      /nothing needs/,
    ],
    ['a table that contradicts', Buffer.concat([Buffer.from([1]), row, own]), /contradicts/],
    [
      'other entries than were signed',
      Buffer.concat([Buffer.from([1]), row, framed]),
      /not those that were signed/,
    ],
  ])('%s', (_, plain, why) => {
    expect(reason(plain)).toMatch(why);
  });
});
