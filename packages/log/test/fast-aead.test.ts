import { aeadOpen, aeadSeal } from '@zegel/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fastAead } from '../src/seal/fast-aead.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('the native cipher gives byte for byte what the one in JavaScript gives, and opens there', () => {
  fc.assert(
    fc.property(
      bytes(32),
      bytes(24),
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ maxLength: 100 }),
      (key, nonce, plain, about) => {
        const box = fastAead(key, nonce, plain, about);
        expect([...box]).toEqual([...aeadSeal(key, nonce, plain, about)]);
        expect(aeadOpen(key, nonce, box, about)).toEqual(plain);
      },
    ),
  );
});
