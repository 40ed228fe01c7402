import { createHash, createHmac, scryptSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aeadOpen,
  aeadSeal,
  ed25519Key,
  ed25519Verifier,
  sameSecret,
  hmacSha256,
  sha256,
  sha256Base64url,
  sha256Latin1,
  stretchSecret,
} from '../src/crypto.ts';
import { ascii, fromHex, hex, noVectors, vectorText } from './shared.ts';

describe('SHA-256', () => {
  it('gives the same hash in each form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const expected = createHash('sha256').update(bytes).digest();
        expect(hex(sha256(bytes))).toBe(expected.toString('hex'));
        expect(Buffer.from(sha256Latin1(bytes), 'latin1').toString('hex')).toBe(expected.toString('hex'));
        expect(sha256Base64url(bytes)).toBe(expected.toString('base64url'));
      }),
    );
  });

  it('hashes a view, not the memory behind it, into bytes of their own', () => {
    const memory = ascii('xabcx');
    expect(hex(sha256(memory.subarray(1, 4)))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(sha256(memory).buffer.byteLength).toBe(32);
  });
});

describe('HMAC-SHA-256', () => {
  it('does as another implementation does, at any length of key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (key, bytes) => {
        expect(hex(hmacSha256(key, bytes))).toBe(createHmac('sha256', key).update(bytes).digest('hex'));
      }),
    );
  });

  it.each([0, 63, 64, 65, 128])('takes a key of %i bytes', (length) => {
    const key = new Uint8Array(length).fill(7);
    expect(hex(hmacSha256(key, key))).toBe(createHmac('sha256', key).update(key).digest('hex'));
  });

  it('keeps RFC 4231 test case 2', () => {
    expect(hex(hmacSha256(ascii('Jefe'), ascii('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

describe.skipIf(noVectors)('Ed25519 by Wycheproof', () => {
  const { testGroups } = noVectors
    ? { testGroups: [] }
    : (JSON.parse(vectorText('ed25519/wycheproof-ed25519_test.json')) as Wycheproof);
  const cases = testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((test) => ({ pk: publicKey.pk, ...test })),
  );

  it('is all there', () => expect(cases).toHaveLength(151));

  it.each(cases)('case $tcId is $result', ({ pk, msg, sig, result }) => {
    expect(ed25519Verifier(fromHex(pk))(fromHex(msg), fromHex(sig))).toBe(result === 'valid');
  });
});

describe('Ed25519', () => {
  it('keeps RFC 8032 §7.1 test 2', () => {
    const key = ed25519Key(fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'));
    expect(hex(key.publicKey)).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    expect(hex(key.sign(Uint8Array.of(0x72)))).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
  });

  it('verifies what it signed and nothing near it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 1, maxLength: 50 }),
        fc.nat(),
        (seed, message, at) => {
          const key = ed25519Key(seed);
          const verify = ed25519Verifier(key.publicKey);
          const signature = key.sign(message);
          expect(verify(message, signature)).toBe(true);
          expect(verify(flipped(message, at), signature)).toBe(false);
          expect(verify(message, flipped(signature, at))).toBe(false);
          expect(verify(message, signature.subarray(1))).toBe(false);
          expect(verify(message, new Uint8Array([...signature, 0]))).toBe(false);
        },
      ),
    );
  });
});

describe('XChaCha20-Poly1305', () => {
  it('keeps draft-irtf-cfrg-xchacha-03 appendix A.3.1', () => {
    const key = fromHex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f');
    const nonce = fromHex('404142434445464748494a4b4c4d4e4f5051525354555657');
    const additional = fromHex('50515253c0c1c2c3c4c5c6c7');
    const plaintext = ascii(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
    );
    const box = aeadSeal(key, nonce, plaintext, additional);
    expect(hex(box.subarray(0, 16))).toBe('bd6d179d3e83d43b9576579493c0e939');
    expect(hex(box.subarray(-16))).toBe('c0875924c1c7987947deafd8780acf49');
    expect(aeadOpen(key, nonce, box, additional)).toEqual(plaintext);
  });

  it('opens what it sealed and nothing near it', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(
        bytes(32),
        bytes(24),
        fc.uint8Array({ maxLength: 99 }),
        bytes(9),
        fc.nat(),
        (key, nonce, text, additional, at) => {
          const box = aeadSeal(key, nonce, text, additional);
          expect(box).toHaveLength(text.length + 16);
          expect(hex(aeadOpen(key, nonce, box, additional) ?? ascii('none'))).toBe(hex(text));
          expect(aeadOpen(flipped(key, at), nonce, box, additional)).toBeUndefined();
          expect(aeadOpen(key, flipped(nonce, at), box, additional)).toBeUndefined();
          expect(aeadOpen(key, nonce, flipped(box, at), additional)).toBeUndefined();
          expect(aeadOpen(key, nonce, box, flipped(additional, at))).toBeUndefined();
          expect(aeadOpen(key, nonce, box.subarray(0, at % box.length), additional)).toBeUndefined();
        },
      ),
    );
  });
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const i = at % bytes.length;
  copy[i] = (copy[i] ?? 0) ^ (1 << (at % 8));
  return copy;
}

describe('secrets that somebody logs in with', () => {
  it('are stretched by scrypt with these parameters (node:crypto as the reference)', async () => {
    const salt = ascii('0123456789abcdef');
    const expected = scryptSync('correct horse', salt, 32, { N: 32_768, r: 8, p: 3, maxmem: 2 ** 26 });
    expect(hex(await stretchSecret('correct horse', salt))).toBe(expected.toString('hex'));
    expect(hex(await stretchSecret('correct horsf', salt))).not.toBe(expected.toString('hex'));
    expect(() => stretchSecret('correct horse', ascii('short'))).toThrow();
  });

  it('are compared whole', () => {
    expect(sameSecret(ascii('abc'), ascii('abc'))).toBe(true);
    expect(sameSecret(ascii('abc'), ascii('abd'))).toBe(false);
    expect(sameSecret(ascii('abc'), ascii('abcd'))).toBe(false);
  });
});
