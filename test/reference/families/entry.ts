import { b64, concat, fromHex, toHex, utf8 } from '../bytes.ts';
import { readEntry } from '../entry-rules.ts';
import { parseJson } from '../json.ts';
import { leafHash } from '../tree.ts';
import { BREACHES } from './entry-broken.ts';
import { AT, changed, edited, lengthOf, SOUND } from './entry-kinds.ts';
import { type BytesText, demand, type NamedVector } from './vector.ts';

function inspected(name: string, desc: string, given: BytesText, code?: string): NamedVector {
  const path = `entry/${name}`;
  const bytes = 'hex' in given ? fromHex(given.hex) : utf8(given.text);
  const problems = code === undefined ? [] : [code];
  const { problem } = readEntry(bytes);
  demand(path, problems, problem === undefined ? [] : [problem]);
  return [path, { desc, op: 'inspect', ...given, want: { leaf: b64(leafHash(bytes)), problems } }];
}

function soundText(name: string): string {
  const text = SOUND[name];
  if (text === undefined) throw new Error(`no sound entry ${name}`);
  return text;
}

export function entryVectors(): readonly NamedVector[] {
  return [...good(), ...broken(), ...notCanonical(), ...sizes()];
}

function good(): readonly NamedVector[] {
  const bare = soundText('access-bare');
  const also: readonly (readonly [string, string, string])[] = [
    ['good-index-zero', 'index 0 in another kind is the business of the chain', edited(bare, 'index', 0)],
    ['good-index-largest', 'the largest index', edited(bare, 'index', Number.MAX_SAFE_INTEGER)],
    ['good-id-eight', 'an id of version 8', edited(bare, 'id', '01a20320-a9d0-849b-a2b2-9a198fe8c70e')],
    [
      'good-leap-day',
      'the 29th of February of a leap year',
      edited(bare, 'occurred', '2024-02-29T23:59:59.999Z'),
    ],
    [
      'good-year-zero',
      'the first year that four digits hold',
      edited(bare, 'occurred', '0000-01-01T00:00:00.000Z'),
    ],
    ['good-key-longest', 'a key of 64 characters', edited(bare, 'fields', ['k'.repeat(64)])],
    ['good-name-longest', 'a name of 64 characters', edited(bare, 'operation', `0${'._-'.repeat(21)}`)],
    [
      'good-ranges-touching',
      'ranges may touch',
      edited(soundText('retention'), 'ranges', [
        [2, 3],
        [4, 4],
        [5, 5],
      ]),
    ],
    [
      'good-origin-longest',
      'an origin of 255 bytes',
      edited(soundText('genesis'), 'origin', `${'\u00e9'.repeat(127)}x`),
    ],
    [
      'good-document-unicode',
      'a register document is any well-formed text',
      edited(soundText('register'), 'document', '\u{1f600}\u0000\n'),
    ],
  ];
  return [
    ...Object.keys(SOUND).map((name) =>
      inspected(`good-${name}`, `a sound entry: ${name}`, { text: soundText(name) }),
    ),
    ...also.map(([name, desc, text]) => inspected(name, desc, { text })),
  ];
}

function broken(): readonly NamedVector[] {
  return BREACHES.map(([name, desc, base, path, value, code = 'malformed']) => {
    const text = edited(soundText(base), path, value);
    return code === 'sound'
      ? inspected(`good-${name}`, desc, { text })
      : inspected(name, desc, { text }, code);
  });
}

// The same entry in bytes that are not its canonical form.
function notCanonical(): readonly NamedVector[] {
  const bare = soundText('access-bare');
  const hex = (name: string, desc: string, bytes: Uint8Array): NamedVector => {
    return inspected(`form-${name}`, desc, { hex: toHex(bytes) }, 'not-canonical');
  };
  const text = (name: string, desc: string, changedText: string, code = 'not-canonical'): NamedVector => {
    if (changedText === bare) throw new Error(`form-${name} changes nothing`);
    return inspected(`form-${name}`, desc, { text: changedText }, code);
  };
  const swapped = (from: string, to: string): string => bare.replace(from, to);
  return [
    text('space', 'a space behind a colon', swapped('"v":1', '"v": 1')),
    text('newline', 'a newline at the end', `${bare}\n`),
    text('order', 'keys out of order', `{"v":1,${bare.slice(1).replace(',"v":1', '')}`),
    text(
      'order-inner',
      'keys out of order in an object',
      soundText('heartbeat').replace(/"control":\{("index":\d+),("leaf":"[^"]+")\}/, '"control":{$2,$1}'),
    ),
    text('fraction', 'an index with a fraction', swapped(`"index":${AT}`, `"index":${AT}.0`)),
    text('exponent', 'an index with an exponent', swapped(`"index":${AT}`, `"index":${AT}e0`)),
    text('minus-zero', 'an index of minus zero', swapped(`"index":${AT}`, '"index":-0')),
    text('escape', 'an escape that is not needed', swapped('"kind":"access"', '"kind":"\\u0061ccess"')),
    text('escape-key', 'an escaped key', swapped('"kind"', '"\\u006bind"')),
    text('duplicate', 'a key twice with one value', swapped('"v":1', '"v":1,"v":1')),
    text(
      'duplicate-first',
      'a key twice, the first another value',
      swapped('"outcome":"success"', '"outcome":"denied","outcome":"success"'),
    ),
    text('cut', 'the last byte is missing', bare.slice(0, -1)),
    text('more', 'a byte too many', `${bare}}`),
    text('list', 'a list', `[${bare}]`),
    text('string', 'a text', '"entry"'),
    text('nothing', 'no bytes at all', ''),
    text('comma', 'a comma at the end', `${bare.slice(0, -1)},}`),
    hex('bom', 'a byte order mark', concat(Uint8Array.of(0xef, 0xbb, 0xbf), utf8(bare))),
    hex('invalid-utf8', 'a byte that is not UTF-8', spliced(bare, Uint8Array.of(0xff))),
    hex('overlong', 'an overlong form', spliced(bare, Uint8Array.of(0xc1, 0xa1))),
    hex('surrogate', 'a surrogate in UTF-8', spliced(bare, Uint8Array.of(0xed, 0xa0, 0x80))),
    hex('control', 'a control character that is not escaped', spliced(bare, Uint8Array.of(1))),
    // The value is refused before its form is looked at; either way nothing ill-formed passes.
    text(
      'lone-surrogate',
      'an escaped lone surrogate',
      soundText('register').replace('"document":"', '"document":"\\ud800'),
      'malformed',
    ),
  ];
}

// The bytes put into the value of `operation`, where they could do no harm to the structure.
function spliced(text: string, bytes: Uint8Array): Uint8Array {
  const at = text.indexOf('"operation":"') + '"operation":"'.length;
  return concat(utf8(text.slice(0, at)), bytes, utf8(text.slice(at)));
}

// The cap of 65,535 bytes counts `index` and `control.index` with 16 digits each.
function sizes(): readonly NamedVector[] {
  const text = soundText('register');
  const { index, control } = parseJson(text) as {
    readonly index: number;
    readonly control: { readonly index: number };
  };
  const spare = 16 - `${index}`.length + 16 - `${control.index}`.length;
  const filled = (length: number): string => {
    const empty = changed(text, { document: '' });
    return changed(text, { document: 'x'.repeat(length - lengthOf(empty)) });
  };
  const fits = 65_535 - spare;
  return [
    inspected('good-size-cap', 'the most bytes that fit when both indexes have 16 digits', {
      text: filled(fits),
    }),
    inspected(
      'size-sixteen-digits',
      'one byte more fits only while the indexes are short',
      { text: filled(fits + 1) },
      'malformed',
    ),
    inspected('size-cap', 'one byte over 65,535', { text: filled(65_536) }, 'malformed'),
  ];
}
