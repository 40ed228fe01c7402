import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeSegment } from '../src/segment/decode-segment.ts';
import type { Segment } from '../src/segment/segment.ts';
import { SegmentCache } from '../src/store/segment-cache.ts';
import { logEntries, segmentObject, TRUST } from './lib/segments.ts';

function segment(): Segment {
  const decoded = decodeSegment(segmentObject(logEntries(2)), TRUST);
  if (decoded.kind === 'problem') throw new Error(decoded.reason);
  return decoded;
}

test('forgets after a minute, however often it is asked', () => {
  let now = 1000;
  const cache = new SegmentCache(() => now);
  const one = segment();
  cache.put('a', one);
  now += 59_999;
  expect(cache.get('a')).toBe(one);
  now += 1;
  expect(cache.get('a')).toBeUndefined();
  const again = segment();
  cache.put('a', again);
  expect(cache.get('a')).toBe(again);
});

test('keeps what was used last, up to a number of bytes', () => {
  const cache = new SegmentCache(() => 0);
  const large = (): Segment => ({ ...segment(), entries: [randomBytes(12 * 2 ** 20)] });
  for (const version of ['a', 'b']) cache.put(version, large());
  expect(cache.get('a')).toBeDefined();
  cache.put('c', large());
  expect(['a', 'b', 'c'].map((version) => cache.get(version) !== undefined)).toEqual([true, false, true]);
  cache.drop('a');
  cache.put('b', large());
  expect(['a', 'b', 'c'].map((version) => cache.get(version) !== undefined)).toEqual([false, true, true]);
});
