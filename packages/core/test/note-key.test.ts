import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../src/base64.ts';
import { sha256 } from '../src/crypto.ts';
import { createSigner, formatSkey, formatVkey, parseSkey, parseVkey } from '../src/note-key.ts';
import { openNote } from '../src/note-sign.ts';
import { goSkey, goVkey } from './go-note.ts';
import { hex, thrownBy } from './shared.ts';

describe('keys', () => {
  it('are those of golang.org/x/mod', () => {
    const signer = parseSkey(goSkey);
    expect(signer).toMatchObject({ name: 'PeterNeumann', keyId: 'c74f20a3', vkey: goVkey });
    expect(parseVkey(goVkey)).toMatchObject({
      name: 'PeterNeumann',
      keyId: 'c74f20a3',
      publicKey: signer.publicKey,
    });
    expect(formatVkey('PeterNeumann', signer.publicKey)).toBe(goVkey);
    const seed = new Uint8Array(Buffer.from('gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=', 'base64'));
    expect(formatSkey('PeterNeumann', seed)).toBe(goSkey);
  });

  it('are those of the example in C2SP signed-note', () => {
    const verifier = parseVkey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    const line =
      '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    expect(openNote(`This is an example message.\n\n${line}`, [verifier]).verified).toHaveLength(1);
  });

  it('are read back as written', () => {
    const anyName = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => /^[^\p{White_Space}\p{Cc}+]+$/u.test(text));
    fc.assert(
      fc.property(anyName, fc.uint8Array({ minLength: 32, maxLength: 32 }), (name, seed) => {
        const signer = createSigner(name, seed);
        expect(parseSkey(formatSkey(name, seed)).vkey).toBe(signer.vkey);
        const { keyId, publicKey } = parseVkey(signer.vkey);
        expect([keyId, hex(publicKey)]).toEqual([signer.keyId, hex(signer.publicKey)]);
        expect(formatVkey(name, publicKey)).toBe(signer.vkey);
      }),
    );
  });

  // With the id that key and name have, so that nothing but type or length is wrong.
  function keyOf(type: number, key: Uint8Array): string {
    const id = sha256(new Uint8Array(Buffer.concat([Buffer.from('PeterNeumann\n\u0001'), key])));
    return `PeterNeumann+${hex(id.subarray(0, 4))}+${encodeBase64(Uint8Array.of(type, ...key))}`;
  }
  const goKey = parseVkey(goVkey).publicKey;

  it('are compared here in the right form', () => {
    expect(keyOf(1, goKey)).toBe(goVkey);
  });

  const bad = [
    '',
    'PeterNeumann',
    goVkey.replace('c74f20a3', 'c74f20a4'),
    goVkey.replace('c74f20a3', 'C74F20A3'),
    goVkey.replace('c74f20a3', 'c74f20a'),
    goVkey.replace('PeterNeumann', 'PeterNeumanx'),
    goVkey.replace('PeterNeumann', ''),
    goVkey.replace('PeterNeumann', 'Peter Neumann'),
    goVkey.replace('PeterNeumann', 'Peter+Neumann'),
    goVkey.replace(/.$/, 'X'),
    `${goVkey}=`,
    `${goVkey}\n`,
    goVkey.slice(0, -4),
    keyOf(0, goKey),
    keyOf(2, goKey),
    keyOf(4, goKey),
    keyOf(1, goKey.subarray(1)),
    keyOf(1, Uint8Array.of(...goKey, 0)),
    keyOf(1, new Uint8Array(0)),
    'PeterNeumann+c74f20a3+',
    goSkey,
  ];
  it.each(bad)('refuse %j', (text) => {
    expect(thrownBy(() => parseVkey(text))).toMatchObject({ name: 'FormatError', code: 'BAD_KEY' });
    expect(thrownBy(() => parseSkey(`PRIVATE+KEY+${text}`))).toMatchObject({
      name: 'FormatError',
      code: 'BAD_KEY',
    });
  });

  it('refuse a signer key as a verifier key and the other way about', () => {
    expect(thrownBy(() => parseSkey(goVkey))).toMatchObject({ code: 'BAD_KEY' });
    expect(thrownBy(() => parseSkey(goSkey.replace('c74f20a3', 'c74f20a4')))).toMatchObject({
      code: 'BAD_KEY',
    });
  });

  it.each([
    '',
    'a b',
    'a\u00a0b',
    'a\u3000b',
    'a\u0085b',
    'a+b',
    'a\nb',
    'a\u007fb',
    '\ud800',
    'é'.repeat(128),
  ])('are not named %j', (name) => {
    expect(thrownBy(() => createSigner(name, new Uint8Array(32)))).toMatchObject({
      name: 'FormatError',
      code: 'BAD_KEY',
    });
    expect(thrownBy(() => formatVkey(name, new Uint8Array(32)))).toMatchObject({
      name: 'FormatError',
      code: 'BAD_KEY',
    });
  });

  it('take names up to 255 bytes and nothing but 32 bytes', () => {
    expect(createSigner('a'.repeat(255), new Uint8Array(32)).name).toHaveLength(255);
    for (const length of [0, 31, 33, 64]) {
      expect(thrownBy(() => createSigner('a', new Uint8Array(length)))).toMatchObject({ code: 'BAD_KEY' });
      expect(thrownBy(() => formatVkey('a', new Uint8Array(length)))).toMatchObject({ code: 'BAD_KEY' });
      expect(thrownBy(() => formatSkey('a', new Uint8Array(length)))).toMatchObject({ code: 'BAD_KEY' });
    }
  });
});
