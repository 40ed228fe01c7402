import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../src/base64.ts';
import { decodeBase64url, encodeBase64url } from '../src/base64url.ts';
import { ascii, hex, thrownBy, valueOrCode } from './shared.ts';

const kinds = [
  { name: 'base64url', code: 'BAD_BASE64URL', encode: encodeBase64url, decode: decodeBase64url },
  { name: 'base64', code: 'BAD_BASE64', encode: encodeBase64, decode: decodeBase64 },
];

// RFC 4648 §10, and the two characters in which the alphabets differ.
const examples: [string, string][] = [
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
];

describe.each(kinds)('$name', ({ name, code, encode, decode }) => {
  it.each(examples)('writes %j', (text, padded) => {
    const encoded = name === 'base64' ? padded : padded.replaceAll('=', '');
    expect(encode(ascii(text))).toBe(encoded);
    expect(decode(encoded)).toEqual(ascii(text));
  });

  it('uses its own alphabet', () => {
    expect(encode(Uint8Array.of(0xfb, 0xef, 0xff))).toBe(name === 'base64' ? '++//' : '--__');
  });

  it('reads back what it wrote, into bytes of their own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const decoded = decode(encode(bytes));
        expect(hex(decoded)).toBe(hex(bytes));
        expect(decoded.buffer.byteLength).toBe(bytes.length);
      }),
    );
  });

  it('reads no text but the one it writes', () => {
    const alphabet = fc.constantFrom(...'AQZaz09+/-_= \n'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 9 }), (text) => {
        expect([text, code]).toContain(valueOrCode(() => encode(decode(text))));
      }),
      { numRuns: 2000 },
    );
  });

  const strangers = name === 'base64' ? ['Zg', 'Zg=', 'Zm8', '--__'] : ['Zg==', 'Zm8=', '++//'];
  it.each([
    ...strangers,
    'Zh==',
    'Zh',
    'Zm9=',
    'Zm9',
    'Zm 9v',
    ' Zm9v',
    'Zm9v\n',
    'Z',
    'Zm9v=',
    'Zm9vé',
    'Zm9v\0',
  ])('refuses %j', (text) => {
    expect(thrownBy(() => decode(text))).toMatchObject({ name: 'FormatError', code });
  });
});
