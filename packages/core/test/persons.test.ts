import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkMention,
  isPersonId,
  isPersonType,
  mentionOpening,
  mentionPtr,
  mentionRef,
  openPtr,
  personToken,
} from '../src/persons.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const types = fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/);
const ids = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter(isPersonId);
const positions = fc.integer({ min: 0, max: 2 ** 32 - 1 });

// The formulas of format v1 §3 once more, slowly and from the text.
function concat(...parts: readonly (string | Uint8Array | number)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part !== 'number') return Buffer.from(part as Uint8Array);
      const four = Buffer.alloc(4);
      four.writeUInt32BE(part);
      return four;
    }),
  );
}
const sha256 = (input: Uint8Array) => createHash('sha256').update(input).digest();

describe('mentions against a second transcription', () => {
  test('opening, ref and ptr', () => {
    fc.assert(
      fc.property(
        bytes(32),
        bytes(16),
        bytes(16),
        bytes(32),
        positions,
        types,
        ids,
        (salt, entry, number, key, at, type, id) => {
          const opening = sha256(concat('zegel/mention/v1\0', salt, entry, at));
          expect(mentionOpening(salt, entry, at)).toBe(opening.toString('latin1'));
          const ref = sha256(concat('zegel/ref/v1\0', opening, type, '\0', id)).toString('base64url');
          expect(mentionRef(opening.toString('latin1'), type, id)).toBe(ref);
          expect(checkMention({ opening: opening.toString('latin1'), ref, type, id })).toBe(true);
          expect(checkMention({ opening: opening.toString('latin1'), ref, type, id: `${id}x` })).toBe(false);
          const mask = sha256(concat('zegel/ptr/v1\0', key, entry, at));
          const ptr = number.map((byte, i) => byte ^ (mask[i] ?? 0));
          expect(mentionPtr(number, key, entry, at)).toBe(Buffer.from(ptr).toString('base64url'));
          expect(openPtr(mentionPtr(number, key, entry, at), key, entry, at)).toEqual(number);
        },
      ),
    );
  });
  test('token', () => {
    fc.assert(
      fc.property(bytes(32), types, ids, (key, type, id) => {
        const token = createHmac('sha256', key)
          .update(JSON.stringify([type, id]))
          .digest();
        expect(Buffer.from(personToken(key, type, id))).toEqual(token);
      }),
    );
  });
});

test('no two positions of one person share a byte string', () => {
  const [salt, entry, number, key] = [
    new Uint8Array(32),
    new Uint8Array(16),
    new Uint8Array(16),
    new Uint8Array(32),
  ];
  const seen = new Set<string>();
  for (let at = 0; at < 200; at++) {
    seen.add(mentionRef(mentionOpening(salt, entry, at), 'customer', 'c-1'));
    seen.add(mentionPtr(number, key, entry, at));
  }
  expect(seen.size).toBe(400);
});

test('the longest id fits after a short one, and the other way round', () => {
  const opening = 'o'.repeat(32);
  const long = 'é'.repeat(128);
  const refs = ['a', long, 'a', long].map((id) => mentionRef(opening, 'x'.repeat(32), id));
  expect(refs[0]).toBe(refs[2]);
  expect(refs[1]).toBe(refs[3]);
});

test('what may be a type and an id', () => {
  expect(['customer', 'a', 'x'.repeat(32)].every(isPersonType)).toBe(true);
  expect(['', 'Customer', '1a', 'x'.repeat(33), 'a b'].some(isPersonType)).toBe(false);
  expect(['c-1', ' ', 'é'.repeat(128), 'a@b'].every(isPersonId)).toBe(true);
  expect(['', 'a\0b', 'é'.repeat(129), '\ud800', 'x'.repeat(257)].some(isPersonId)).toBe(false);
});
