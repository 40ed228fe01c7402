import { randomBytes } from 'node:crypto';
import { createSigner, leafHash, nodeHash, openNote, parseVkey } from '@zegel/core';
import { someEntries } from '@zegel/testkit';
import { expect, it } from 'vitest';
import { decodeSegment, decodeUnverified } from '../src/segment/decode-segment.ts';
import { encodePruned, encodeSegment } from '../src/segment/encode-segment.ts';
import type { Segment } from '../src/segment/segment.ts';
import { originPrev } from '../src/segment/segment-note.ts';
import { logEntries, ORIGIN, SIGNER, segmentObject, TRUST } from './lib/segments.ts';

function good(bytes: Uint8Array): Segment {
  const segment = decodeSegment(bytes, TRUST);
  if (segment.kind === 'problem') throw new Error(segment.reason);
  return segment;
}

const hex = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');

/** What a segment keeps of what was put in, comparable. */
const kept = ({ entries, ids, parts }: Pick<Segment, 'entries' | 'ids' | 'parts'>): unknown => [
  entries.map(hex),
  hex(ids),
  parts,
];

it('gives back what was put in', () => {
  const made = logEntries(300);
  const segment = good(segmentObject(made, { first: 41 }));
  expect(kept(segment)).toEqual(kept(made));
  expect(hex(segment.leafHashes)).toBe(hex(Buffer.concat(made.entries.map(leafHash))));
  expect(segment).toMatchObject({ origin: ORIGIN, first: 41, count: 300 });
  expect(segment.prev).toEqual(originPrev(ORIGIN));
});

/** RFC 6962 §2.1, as it is written there. */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only !== undefined && leaves.length === 1) return only;
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return nodeHash(rootOf(leaves.slice(0, left)), rootOf(leaves.slice(left)));
}

it('signs the note of the format: origin, first, count, prev and the root of its own leaf hashes', () => {
  const made = logEntries(5);
  const segment = good(segmentObject(made, { first: 10, prev: new Uint8Array(32).fill(9) }));
  const { text } = openNote(segment.note, [parseVkey(SIGNER.vkey)]);
  const prev = Buffer.alloc(32, 9).toString('base64url');
  const root = Buffer.from(rootOf(made.entries.map(leafHash))).toString('base64');
  expect(text).toBe(`zegel/segment/v1\n${ORIGIN}\n10\n5\n${prev}\n${root}\n`);
});

it('keeps ids in a table where the bytes do not say them', () => {
  const entries = someEntries(20);
  const made = { entries, ids: new Uint8Array(randomBytes(320)), parts: entries.map((_, n) => n) };
  expect(kept(good(segmentObject(made)))).toEqual(kept(made));
});

it('keeps no table where the bytes say their ids, which nothing else could cover', () => {
  const made = logEntries(200);
  const bytes = segmentObject(made);
  const without = made.entries.reduce((sum, { length }) => sum + length + 2, 1);
  const note = Buffer.from(bytes).readUInt32BE(22);
  expect(Buffer.from(bytes).readUInt32BE(26 + note)).toBe(without);
});

it('refuses to give an entry another id than its bytes have', () => {
  const made = logEntries(3);
  expect(() => segmentObject({ ...made, ids: new Uint8Array(48) })).toThrow(/another id/);
  expect(() => segmentObject({ ...made, parts: [1, 1, 1] })).toThrow(/another id/);
});

it('differs from itself by its nonce alone', () => {
  const made = logEntries(2);
  expect(hex(segmentObject(made))).not.toBe(hex(segmentObject(made)));
});

it('holds entries of one byte and of the most bytes', () => {
  const entries = [new Uint8Array([1]), new Uint8Array(65_535).fill(2), new Uint8Array(randomBytes(65_535))];
  const made = { entries, ids: new Uint8Array(48), parts: [0, 65_535, 1] };
  expect(kept(good(segmentObject(made)))).toEqual(kept(made));
});

it('prunes under the same note, and keeps leaf hashes and ids', () => {
  const made = logEntries(6);
  const whole = good(segmentObject(made, { first: 100 }));
  const pruned = good(encodePruned(whole, (index) => index === 101 || index === 105, randomBytes(16)));
  expect(pruned.note).toBe(whole.note);
  expect(pruned.entries.map((entry) => entry === undefined)).toEqual([
    false,
    true,
    false,
    false,
    false,
    true,
  ]);
  for (const key of ['leafHashes', 'ids', 'parts', 'root', 'prev', 'first', 'count'] as const)
    expect(pruned[key]).toEqual(whole[key]);
  const more = good(encodePruned(pruned, () => true, randomBytes(16)));
  expect(more.entries.every((entry) => entry === undefined)).toBe(true);
  expect(hex(more.ids)).toBe(hex(made.ids));
});

it('prunes entries whose ids stand in the table', () => {
  const entries = someEntries(4);
  const made = { entries, ids: new Uint8Array(randomBytes(64)), parts: [4, 3, 2, 1] };
  const whole = good(segmentObject(made));
  const pruned = good(encodePruned(whole, (index) => index === 2, randomBytes(16)));
  expect(hex(pruned.ids)).toBe(hex(made.ids));
  expect(pruned.parts).toEqual(made.parts);
});

it('is not believed for another log, without a known key, or with a forged signature', () => {
  const bytes = segmentObject(logEntries(2));
  const reason = (trust: Parameters<typeof decodeSegment>[1]): unknown => decodeSegment(bytes, trust);
  expect(reason({ ...TRUST, origin: 'example.org/other' })).toMatchObject({
    reason: 'it is of the log "example.org/log"',
  });
  const stranger = createSigner(ORIGIN, new Uint8Array(32).fill(8));
  expect(reason({ ...TRUST, verifiers: [parseVkey(stranger.vkey)] })).toMatchObject({ kind: 'problem' });
  expect(reason({ ...TRUST, verifiers: [] })).toMatchObject({ kind: 'problem' });
  expect(reason({ ...TRUST, verifiers: [parseVkey(stranger.vkey), ...TRUST.verifiers] })).toMatchObject({
    kind: 'segment',
  });
});

it('can be read before its key is known', () => {
  const stranger = createSigner('example.org/other', new Uint8Array(32).fill(8));
  const made = logEntries(2);
  const bytes = encodeSegment({
    ...made,
    origin: stranger.name,
    first: 0,
    prev: originPrev(stranger.name),
    signer: stranger,
    nonce: randomBytes(16),
  });
  expect(decodeUnverified(bytes)).toMatchObject({ kind: 'segment', origin: 'example.org/other' });
});

it('does not make a segment without entries, with too many, or with an empty one', () => {
  const none = { entries: [], ids: new Uint8Array(0), parts: [] };
  expect(() => segmentObject(none)).toThrow(/1 to 65,536/);
  const entries = Array.from({ length: 65_537 }, () => new Uint8Array([1]));
  expect(() =>
    segmentObject({ entries, ids: new Uint8Array(65_537 * 16), parts: entries.map(() => 0) }),
  ).toThrow(/1 to 65,536/);
  expect(() =>
    segmentObject({ entries: [new Uint8Array(0)], ids: new Uint8Array(16), parts: [0] }),
  ).toThrow();
});
