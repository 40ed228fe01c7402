import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../src/base64.ts';
import { formatNote, MAX_NOTE_LENGTH, MAX_NOTE_SIGNATURES, parseNote } from '../src/note.ts';
import { createSigner, parseSkey, parseVkey } from '../src/note-key.ts';
import { openNote, signNote } from '../src/note-sign.ts';
import { goLine, goSkey, goText } from './go-note.ts';
import { ascii, fromHex, thrownBy } from './shared.ts';

const log = createSigner('example.com/log', new Uint8Array(32).fill(1));
const witness = createSigner('witness.example', new Uint8Array(32).fill(2));
const known = [log, witness].map(({ vkey }) => parseVkey(vkey));
const malformed = { name: 'NoteError', code: 'NOTE_MALFORMED' };

describe('signing', () => {
  it('gives the note of golang.org/x/mod byte for byte', () => {
    expect(signNote(goText, [parseSkey(goSkey)])).toBe(`${goText}\n${goLine}`);
  });

  it.each(['', 'no newline', 'a\rb\n', 'a\tb\n', 'a\0b\n', '\ud800\n'])('refuses the text %j', (text) => {
    expect(thrownBy(() => signNote(text, [log]))).toMatchObject(malformed);
  });

  it('refuses to sign with nobody', () => {
    expect(thrownBy(() => signNote('text\n', []))).toMatchObject(malformed);
  });

  it('is opened again, whatever the text', () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .map((text) => text.replaceAll(/\p{Cc}/gu, ''));
    const anyLines = fc.array(fc.oneof(line, fc.constantFrom('', '— x y', goLine.trim())), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(anyLines, (lines) => {
        const text = `${lines.join('\n')}\n`;
        const note = signNote(text, [log, witness]);
        for (const form of [note, ascii(note), parseNote(note)]) {
          const opened = openNote(form, known);
          expect(opened.text).toBe(text);
          expect(opened.verified.map(({ name }) => name)).toEqual([log.name, witness.name]);
          expect(opened.unverified).toEqual([]);
        }
        const { signatures } = parseNote(note);
        expect(formatNote(text, signatures)).toBe(note);
      }),
    );
  });
});

describe('a note', () => {
  const line = signNote('text\n', [log]).split('\n\n')[1] ?? '';
  const bad: [string, string | Uint8Array][] = [
    ['nothing', ''],
    ['no signature', 'text\n'],
    ['no signature after the empty line', 'text\n\n'],
    ['no empty line', `text\n${line}`],
    ['no final newline', `text\n\n${line}`.slice(0, -1)],
    ['an empty line behind', `text\n\n${line}\n`],
    ['a line that is no signature', `text\n\n${line}more\n`],
    ['a hyphen instead of the dash', `text\n\n${line.replace('—', '-')}`],
    ['no name', `text\n\n${line.replace(log.name, '')}`],
    ['a plus in the name', `text\n\n${line.replace('example', 'exa+mple')}`],
    ['a no-break space in the name', `text\n\n${line.replace('example', 'exa\u00a0mple')}`],
    ['a next-line character in the name', `text\n\n${line.replace('example', 'exa\u0085mple')}`],
    ['two spaces', `text\n\n${line.replace('log ', 'log  ')}`],
    ['a space behind', `text\n\n${line.replace('\n', ' \n')}`],
    ['no signature on the line', `text\n\n— ${log.name}\n`],
    ['an empty signature', `text\n\n— ${log.name} \n`],
    ['a key id alone', `text\n\n— ${log.name} ${encodeBase64(new Uint8Array(4))}\n`],
    ['base64 without padding', `text\n\n— ${log.name} ${encodeBase64(new Uint8Array(5)).replace('=', '')}\n`],
    ['base64 with loose bits', `text\n\n— ${log.name} AAAAAAB=\n`],
    ['base64url', `text\n\n— ${log.name} ____AAAA\n`],
    ['a carriage return', `text\r\n\n${line}`],
    ['a tabulator', `te\txt\n\n${line}`],
    ['a lone surrogate', `te\ud800xt\n\n${line}`],
    ['invalid UTF-8', Buffer.concat([fromHex('ff0a0a'), ascii(line)])],
    ['a byte order mark in the signature line', `text\n\n\ufeff${line}`],
    ['too much', `${'a'.repeat(MAX_NOTE_LENGTH)}\n\n${line}`],
    ['too many signatures', `text\n\n${line.repeat(MAX_NOTE_SIGNATURES + 1)}`],
  ];
  it.each(bad)('is refused with %s', (_, note) => {
    expect(thrownBy(() => parseNote(note))).toMatchObject(malformed);
    expect(thrownBy(() => openNote(note, known))).toMatchObject(malformed);
  });

  it('may be long and have many signatures', () => {
    const note = `text\n\n${line.repeat(MAX_NOTE_SIGNATURES)}`;
    expect(parseNote(note).signatures).toHaveLength(MAX_NOTE_SIGNATURES);
    expect(openNote(note, known).verified).toHaveLength(1);
  });

  it('may be signed by names with characters that only look like space', () => {
    const name = 'zero\u200bwidth\ufeff';
    const signer = createSigner(name, new Uint8Array(32));
    expect(openNote(signNote('text\n', [signer]), [parseVkey(signer.vkey)]).verified).toMatchObject([
      { name },
    ]);
  });

  it('is split at the last empty line', () => {
    expect(parseNote(`a\n\nb\n\n${line}`).text).toBe('a\n\nb\n');
    expect(parseNote(`\n\n${line}`).text).toBe('\n');
    expect(parseNote(ascii(`\ufeffa\n\n${line}`)).text).toBe('\ufeffa\n');
  });

  it('gives its signatures as they stand', () => {
    const [signature] = parseNote(`text\n\n${line}`).signatures;
    expect(signature).toMatchObject({ name: log.name, keyId: log.keyId, line: line.slice(0, -1) });
    expect(signature?.signature).toEqual(log.sign(ascii('text\n')));
  });

  it('is not put together from what would be read otherwise', () => {
    const signature = { name: log.name, keyId: log.keyId, signature: new Uint8Array(64) };
    for (const other of [
      { name: 'a b' },
      { name: 'a\n— b' },
      { keyId: '1' },
      { keyId: '1234567G' },
      { signature: new Uint8Array(0) },
    ]) {
      expect(thrownBy(() => formatNote('text\n', [{ ...signature, ...other }]))).toMatchObject(malformed);
    }
    expect(thrownBy(() => formatNote('text', [signature]))).toMatchObject(malformed);
  });
});

describe('opening', () => {
  const note = signNote('text\n', [log, witness]);
  const [first = '', second = ''] = (note.split('\n\n')[1] ?? '').split(/(?<=\n)/);
  const stranger = createSigner(log.name, new Uint8Array(32).fill(9));

  it('tells known keys from unknown ones, also of the same name or the same id', () => {
    const sameName = signNote('text\n', [stranger]).split('\n\n')[1] ?? '';
    const sameId = first.replace(log.name, 'other.example');
    const opened = openNote(`text\n\n${sameName}${sameId}${first}`, known);
    expect(opened.verified.map(({ keyId }) => keyId)).toEqual([log.keyId]);
    expect(opened.unverified).toHaveLength(2);
  });

  it('refuses when a known key did not sign this, also beside one that did', () => {
    const forged = note.replace('text', 'texd');
    const beside = `text\n\n${first}${signNote('other\n', [witness]).split('\n\n')[1] ?? ''}`;
    const repeated = `text\n\n${first}${signNote('other\n', [log]).split('\n\n')[1] ?? ''}`;
    expect(thrownBy(() => openNote(forged, known))).toMatchObject({
      code: 'NOTE_BAD_SIGNATURE',
      key: { name: log.name, keyId: log.keyId },
    });
    expect(thrownBy(() => openNote(beside, known))).toMatchObject({
      code: 'NOTE_BAD_SIGNATURE',
      key: { name: witness.name },
    });
    expect(thrownBy(() => openNote(repeated, known))).toMatchObject({ code: 'NOTE_BAD_SIGNATURE' });
  });

  it('refuses each change of a bit in text or signature', () => {
    const bytes = ascii(`text\n\n${first}`);
    for (let at = 0; at < bytes.length * 8; at++) {
      const changed = Uint8Array.from(bytes);
      changed[Math.floor(at / 8)] = (changed[Math.floor(at / 8)] ?? 0) ^ (1 << (at % 8));
      expect(
        thrownBy(() => openNote(changed, known)),
        `bit ${at}`,
      ).toMatchObject({ name: 'NoteError' });
    }
  });

  it('refuses without any known key', () => {
    expect(thrownBy(() => openNote(note, []))).toMatchObject({ code: 'NOTE_NO_KNOWN_KEY' });
    expect(thrownBy(() => openNote(note, [parseVkey(stranger.vkey)]))).toMatchObject({
      code: 'NOTE_NO_KNOWN_KEY',
    });
  });

  it('refuses when a key that signed was given twice', () => {
    const twice = [...known, parseVkey(log.vkey)];
    expect(thrownBy(() => openNote(note, twice))).toMatchObject({
      code: 'NOTE_AMBIGUOUS_KEY',
      key: { name: log.name },
    });
    expect(openNote(`text\n\n${second}`, twice).verified).toHaveLength(1);
  });

  it('refuses signatures of another length from a known key', () => {
    const short = formatNote('text\n', [
      { name: log.name, keyId: log.keyId, signature: log.sign(ascii('text\n')).subarray(1) },
    ]);
    expect(thrownBy(() => openNote(short, known))).toMatchObject({ code: 'NOTE_BAD_SIGNATURE' });
  });
});
