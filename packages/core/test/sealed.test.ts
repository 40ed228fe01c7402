import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize } from '../src/canonical.ts';
import { aeadOpen, aeadSeal } from '../src/crypto.ts';
import { checkCommitment, openPart, partKey, sealPart } from '../src/sealed.ts';
import { formatPlaintext, parsePlaintext, type SealedValue } from '../src/sealed-plaintext.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const strings = fc.string({ unit: 'binary', maxLength: 80 });
const values: fc.Arbitrary<SealedValue> = fc.oneof(
  strings,
  fc.dictionary(strings, fc.oneof(strings, fc.dictionary(strings, strings, { maxKeys: 3 })), { maxKeys: 5 }),
);
const key = (n: number) => new Uint8Array(32).fill(n);
const place = {
  origin: 'shop.example/audit',
  entryId: '01890000-0000-7000-8000-000000000001',
  partNumber: 0,
  position: 1,
};
const salt = new Uint8Array(32).fill(7);
const nonce = new Uint8Array(24).fill(8);
const given = {
  ...place,
  part: 'origin',
  persons: [0],
  value: { ip: '192.0.2.7' },
  salt,
  nonce,
  keys: [key(1)],
};

describe('plaintext', () => {
  test('is salt, length, canonical JSON and zeros to 64 bytes, and reads back', () => {
    fc.assert(
      fc.property(bytes(32), values, (salts, value) => {
        const json = Buffer.from(canonicalize(value));
        const plaintext = Buffer.from(formatPlaintext(salts, value));
        expect(plaintext.length % 64).toBe(0);
        expect(plaintext.length - 34 - json.length).toBeLessThan(64);
        expect(plaintext.subarray(0, 32)).toEqual(Buffer.from(salts));
        expect(plaintext.readUInt16BE(32)).toBe(json.length);
        expect(plaintext.subarray(34, 34 + json.length)).toEqual(json);
        expect(parsePlaintext(plaintext)).toEqual({
          salt: salts,
          value: JSON.parse(json.toString()) as unknown,
        });
      }),
    );
  });
  test('keys are sorted', () => {
    expect(Buffer.from(formatPlaintext(salt, { b: '1', a: '2' })).includes('{"a":"2","b":"1"}')).toBe(true);
  });
  test('a string over 8 KiB becomes its length', () => {
    const value = { long: 'é'.repeat(4097), most: 'x'.repeat(8192) };
    expect(parsePlaintext(formatPlaintext(salt, value))?.value).toEqual({
      long: { omitted: 8194 },
      most: value.most,
    });
  });
  test('refuses what is too large or holds no strings', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`k${i}`, 'x'.repeat(8000)]));
    expect(() => formatPlaintext(salt, many)).toThrow(expect.objectContaining({ code: 'SEAL_TOO_LARGE' }));
    for (const bad of [{ a: 1 }, [], null, { a: '\ud800' }]) {
      const value = bad as unknown as SealedValue;
      expect(() => formatPlaintext(salt, value)).toThrow(expect.objectContaining({ code: 'SEAL_BAD_VALUE' }));
    }
  });
  test('takes one form only', () => {
    const good = formatPlaintext(salt, 'abc');
    const padded = Uint8Array.of(...good.subarray(0, 63), 1);
    for (const bad of [
      padded,
      good.subarray(1),
      new Uint8Array(0),
      Buffer.concat([good, new Uint8Array(64)]),
    ]) {
      expect(parsePlaintext(bad)).toBeUndefined();
    }
  });
});

describe('parts', () => {
  test('open with their key and are committed to', () => {
    const sealed = sealPart(given);
    const opened = openPart({ ...place, sealed, keys: [key(1)] });
    expect(opened).toMatchObject({ ok: true, value: { ip: '192.0.2.7' }, salt });
    if (!opened.ok) throw new Error('closed');
    const commit = createHash('sha256')
      .update('zegel/part/v1\0')
      .update(opened.plaintext)
      .digest('base64url');
    expect(sealed.commit).toBe(commit);
    expect(checkCommitment(opened.plaintext, commit)).toBe(true);
    expect(checkCommitment(opened.plaintext.subarray(1), commit)).toBe(false);
  });
  test('the box is XChaCha20-Poly1305 over the place', () => {
    const sealed = sealPart({ ...given, partNumber: 3 });
    const box = Buffer.from(sealed.box, 'base64url');
    const additional = Buffer.from(canonicalize([place.origin, place.entryId, 3, 1, 'origin', [0]]));
    expect(aeadOpen(key(1), box.subarray(0, 24), box.subarray(24), additional)).toEqual(
      formatPlaintext(salt, given.value),
    );
  });
  test.each([
    ['another key', { keys: [key(2)] }],
    ['another origin', { origin: 'other.example/audit' }],
    ['another entry', { entryId: '01890000-0000-7000-8000-000000000002' }],
    ['another part of the event', { partNumber: 1 }],
    ['another place', { position: 0 }],
    ['another purpose', { sealed: { ...sealPart(given), part: 'reason' } }],
    ['other persons', { sealed: { ...sealPart(given), persons: [2] } }],
  ])('stay closed under %s', (_, change) => {
    const opened = openPart({ ...place, sealed: sealPart(given), keys: [key(1)], ...change });
    expect(opened).toEqual({ ok: false, reason: 'key-wrong' });
  });
  test('a commitment to something else is told apart', () => {
    const sealed = { ...sealPart(given), commit: sealPart({ ...given, value: 'other' }).commit };
    expect(openPart({ ...place, sealed, keys: [key(1)] })).toEqual({ ok: false, reason: 'commitment-wrong' });
  });
  test('a plaintext that is none, under a good commitment', () => {
    const plaintext = new Uint8Array(64).fill(1);
    const additional = Buffer.from(canonicalize([place.origin, place.entryId, 0, 1, 'origin', [0]]));
    const box = Buffer.concat([nonce, aeadSeal(key(1), nonce, plaintext, additional)]).toString('base64url');
    const commit = createHash('sha256').update('zegel/part/v1\0').update(plaintext).digest('base64url');
    const sealed = { box, commit, part: 'origin', persons: [0] };
    expect(openPart({ ...place, sealed, keys: [key(1)] })).toEqual({
      ok: false,
      reason: 'plaintext-malformed',
    });
  });
  test('a box that is none', () => {
    for (const box of ['', 'AAAA', 'A!']) {
      const sealed = { ...sealPart(given), box };
      expect(openPart({ ...place, sealed, keys: [key(1)] })).toEqual({ ok: false, reason: 'box-malformed' });
    }
  });
  test('of several persons need every key, in order', () => {
    const keys = [key(1), key(2)];
    const expected = createHash('sha256').update('zegel/keys/v1\0').update(key(1)).update(key(2)).digest();
    expect(Buffer.from(partKey(keys))).toEqual(expected);
    const sealed = sealPart({ ...given, persons: [0, 2], keys });
    expect(openPart({ ...place, sealed, keys }).ok).toBe(true);
    expect(openPart({ ...place, sealed, keys: keys.toReversed() }).ok).toBe(false);
    expect(openPart({ ...place, sealed, keys: [key(1)] }).ok).toBe(false);
  });
});
