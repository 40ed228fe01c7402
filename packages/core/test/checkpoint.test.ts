import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from '../src/checkpoint.ts';
import { EMPTY_ROOT } from '../src/merkle/hash.ts';
import { createSigner, parseVkey } from '../src/note-key.ts';
import { signNote } from '../src/note-sign.ts';
import { sized } from './merkle/trees.ts';
import { hex, thrownBy } from './shared.ts';

const emptyRoot = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const bad = { name: 'FormatError', code: 'BAD_CHECKPOINT' };

describe('the text of a checkpoint', () => {
  it('has origin, size and root', () => {
    expect(formatCheckpoint({ origin: 'example.com/log', size: sized(0), root: EMPTY_ROOT })).toBe(
      `example.com/log\n0\n${emptyRoot}\n`,
    );
  });

  it('is read back as written', () => {
    const anyOrigin = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((text) => /^[^\p{White_Space}\p{Cc}+]+$/u.test(text));
    fc.assert(
      fc.property(
        anyOrigin,
        fc.maxSafeNat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (origin, size, root) => {
          const text = formatCheckpoint({ origin, size: sized(size), root });
          const read = parseCheckpoint(text);
          expect([read.origin, read.size, hex(read.root), read.extensions]).toEqual([
            origin,
            size,
            hex(root),
            [],
          ]);
          expect(formatCheckpoint(read)).toBe(text);
        },
      ),
    );
  });

  it('of another log may have extension lines and spaces in its origin', () => {
    expect(parseCheckpoint(`rekor - 26\n5\n${emptyRoot}\nTimestamp: 1\n x\n`)).toMatchObject({
      origin: 'rekor - 26',
      size: 5,
      extensions: ['Timestamp: 1', ' x'],
    });
  });

  const texts = [
    '',
    '\n',
    'a\n',
    'a\n1\n',
    `a\n1\n${emptyRoot}`,
    `a\n1\n${emptyRoot}\nextension`,
    `\n1\n${emptyRoot}\n`,
    `a\n1\n${emptyRoot}\n\n`,
    `a\n1\n${emptyRoot}\n\nx\n`,
    `\na\n1\n${emptyRoot}\n`,
    `${'a'.repeat(256)}\n1\n${emptyRoot}\n`,
    `${'é'.repeat(128)}\n1\n${emptyRoot}\n`,
    `a\ud800\n1\n${emptyRoot}\n`,
    ...[
      '',
      ' 1',
      '1 ',
      '+1',
      '-1',
      '-0',
      '01',
      '00',
      '1.0',
      '1e3',
      '0x10',
      '١',
      '9007199254740992',
      '18446744073709551616',
      '99999999999999999999',
    ].map((size) => `a\n${size}\n${emptyRoot}\n`),
    ...[
      emptyRoot.slice(0, -1),
      emptyRoot.slice(4),
      `${emptyRoot.slice(0, -2)}V=`,
      `AAAA${emptyRoot}`,
      emptyRoot.replace('+', '-'),
      ` ${emptyRoot}`,
      'é',
    ].map((other) => `a\n1\n${other}\n`),
  ];
  it.each(texts)('refuses %j', (text) => {
    expect(thrownBy(() => parseCheckpoint(text))).toMatchObject(bad);
  });

  it.each(['', 'a b', 'a+b', 'a\nb', 'é'.repeat(128)])('is not written for the origin %j', (origin) => {
    expect(thrownBy(() => formatCheckpoint({ origin, size: sized(1), root: EMPTY_ROOT }))).toMatchObject(bad);
  });

  it('is not written for another root or size', () => {
    expect(
      thrownBy(() => formatCheckpoint({ origin: 'a', size: sized(1), root: new Uint8Array(31) })),
    ).toMatchObject(bad);
    const size = (2 ** 53) as ReturnType<typeof sized>;
    expect(thrownBy(() => formatCheckpoint({ origin: 'a', size, root: EMPTY_ROOT }))).toMatchObject({
      code: 'BAD_NUMBER',
    });
  });
});

describe('opening a checkpoint', () => {
  const log = createSigner('example.com/log', new Uint8Array(32).fill(1));
  const witness = createSigner('witness.example', new Uint8Array(32).fill(2));
  const text = formatCheckpoint({ origin: log.name, size: sized(7), root: EMPTY_ROOT });
  const verifiers = [log, witness].map(({ vkey }) => parseVkey(vkey));

  it('gives head and signatures', () => {
    const { checkpoint, note } = openCheckpoint(signNote(text, [log, witness]), verifiers);
    expect(checkpoint).toMatchObject({ origin: log.name, size: 7 });
    expect(note.verified).toHaveLength(2);
    expect(note.text).toBe(text);
  });

  it('needs the log itself, not only another trusted key', () => {
    const noKey = { name: 'NoteError', code: 'NOTE_NO_KNOWN_KEY' };
    expect(thrownBy(() => openCheckpoint(signNote(text, [witness]), verifiers))).toMatchObject(noKey);
    expect(thrownBy(() => openCheckpoint(signNote(text, [log, witness]), verifiers.slice(1)))).toMatchObject(
      noKey,
    );
  });

  it('refuses what is signed and no checkpoint', () => {
    expect(thrownBy(() => openCheckpoint(signNote('hello\n', [log]), verifiers))).toMatchObject(bad);
  });
});
