import { randomBytes } from 'node:crypto';
import { canonicalize, formatUuid, type JsonValue } from '@zegel/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMark } from '../src/segment/entry-mark.ts';

const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(formatUuid);
const part = fc.option(fc.record({ number: fc.integer({ min: 0, max: 65_535 }), of: fc.nat(65_535) }), {
  nil: undefined,
});
// Values that try to be mistaken for what is looked for.
const trap = fc.constantFrom(
  `"id":"${formatUuid(randomBytes(16))}","index":`,
  ',"part":{"number":7,"of":9}',
  ',"prev":"',
  '\\',
  '"',
);
const text = fc.oneof(fc.string(), trap);

it('reads what a parser would, whatever else the entry says', () => {
  fc.assert(
    fc.property(uuid, part, text, text, fc.nat(), (id, split, before, after, index) => {
      const value = {
        action: before,
        actor: { kind: before, id: after },
        control: { index: 3, leaf: before },
        id,
        index,
        kind: 'access',
        occurred: before,
        ...(split === undefined ? {} : { part: split }),
        prev: 'x',
        sealed: [{ part: after }],
        source: { id: after, seq: 1 },
        things: { a: 1, part: { number: 7, of: 9 } },
        what: after,
      } satisfies JsonValue;
      const mark = readMark(Buffer.from(canonicalize(value)));
      expect(mark === undefined ? undefined : formatUuid(mark.id)).toBe(id);
      expect(mark?.part).toBe(split?.number ?? 0);
    }),
    { numRuns: 1000 },
  );
});

it('reads nothing from what is no entry', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => readMark(Buffer.from(bytes)) === undefined));
  for (const id of ['', 'no-uuid', formatUuid(randomBytes(16)).toUpperCase()])
    expect(readMark(Buffer.from(`{"id":"${id}","index":1}`))).toBeUndefined();
  expect(readMark(Buffer.from(`{"id":"${formatUuid(randomBytes(16))}"`))).toBeUndefined();
});
