import { b64, concat, toHex, unb64, utf8 } from '../bytes.ts';
import { canonical, type Json } from '../json.ts';
import { castOf, idAt, ORIGIN, seeded } from '../maker.ts';
import { aboutPart, commitOf, openPart, partKey, plaintextOf, type SealedText, sealPart } from '../sealed.ts';
import { seal } from '../xchacha.ts';
import { demand, type NamedVector, type PlaceText } from './vector.ts';

const cast = castOf('sealed');
const place: PlaceText = { origin: ORIGIN, entryId: idAt(2).text, partNumber: 0, position: 0 };
const random = seeded('a sealed part');
const [salt, nonce] = [random(32), random(24)];
const one = [cast.employee.key];
const two = [cast.customer.key, cast.other.key];

interface Given {
  readonly place: PlaceText;
  readonly part: string;
  readonly persons: readonly number[];
  readonly value: Json;
  readonly keys: readonly Uint8Array[];
}

const ORDINARY: Given = { place, part: 'origin', persons: [0], value: { ip: '192.0.2.7' }, keys: one };

function made(name: string, desc: string, change: Partial<Given>): NamedVector {
  const { place: at, part, persons, value, keys } = { ...ORDINARY, ...change };
  const sealed = sealPart(at, part, persons, value, { salt, nonce, keys });
  const want = { sealed, plaintext: toHex(plaintextOf(salt, value)) };
  return [`sealed/${name}`, { desc, op: 'seal', place: at, part, persons, value, ...secrets(keys), want }];
}

function refused(name: string, desc: string, value: Json, error: string): NamedVector {
  const { part, persons, keys } = ORDINARY;
  const path = `sealed/${name}`;
  let told = '';
  try {
    plaintextOf(salt, value);
  } catch (thrown) {
    told = thrown instanceof Error ? thrown.message : '';
  }
  demand(path, error, told);
  return [path, { desc, op: 'seal', place, part, persons, value, ...secrets(keys), want: { error } }];
}

function secrets(keys: readonly Uint8Array[]): { salt: string; nonce: string; keys: readonly string[] } {
  return { salt: b64(salt), nonce: b64(nonce), keys: keys.map(b64) };
}

const GOOD = sealPart(place, 'reason', [2, 3], { reason: 'phone call' }, { salt, nonce, keys: two });

interface Opening {
  readonly place: PlaceText;
  readonly sealed: SealedText;
  readonly keys: readonly Uint8Array[];
}

function opened(name: string, desc: string, change: Partial<Opening>, reason?: string): NamedVector {
  const { place: at, sealed, keys } = { place, sealed: GOOD, keys: two, ...change };
  const path = `sealed/${name}`;
  const answer = openPart(at, sealed, keys);
  demand(path, reason, typeof answer === 'string' ? answer : undefined);
  const want = typeof answer === 'string' ? { reason: answer } : answer;
  return [path, { desc, op: 'open-part', place: at, sealed, keys: keys.map(b64), want }];
}

// A box as only a writer could have made it, over a plaintext of no proper form.
function boxed(plaintext: Uint8Array): SealedText {
  const sealed = seal(partKey(two), nonce, plaintext, aboutPart(place, 'reason', [2, 3]));
  return { part: 'reason', persons: [2, 3], commit: commitOf(plaintext), box: b64(concat(nonce, sealed)) };
}

function flipped(box: string, at: number): string {
  return b64(unb64(box).map((byte, i, all) => (i === (at + all.length) % all.length ? byte ^ 1 : byte)));
}

export function sealedVectors(): readonly NamedVector[] {
  const plain = (json: string, change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes): SealedText => {
    const bytes = utf8(json);
    const text = concat(salt, Uint8Array.of(0, bytes.length), bytes);
    return boxed(change(concat(text, new Uint8Array((64 - (text.length % 64)) % 64))));
  };
  return [
    made('one-key', 'a part about one person', {}),
    made('two-keys', 'a part about two: the key is the hash of both', {
      part: 'reason',
      persons: [2, 3],
      keys: two,
    }),
    made('in-a-part', 'in part 3 of a split entry, the second of its list', {
      place: { ...place, partNumber: 3, position: 1 },
    }),
    made('one-block', 'JSON of 30 bytes fills the first block', { value: 'x'.repeat(28) }),
    made('two-blocks', 'one byte more takes another block', { value: 'x'.repeat(29) }),
    made('unicode', 'values are canonical JSON in UTF-8', { value: { b: '\u20ac', a: 'line\nbreak "\\' } }),
    made('nested', 'texts in objects', {
      part: 'change',
      value: { email: { new: 'a@example.org', old: 'b@example.org' } },
    }),
    made('longest', 'a text of 8,192 bytes is kept', { value: '\u00e9'.repeat(4096) }),
    made('omitted', 'a text of one byte more leaves its length', {
      value: { note: `${'\u00e9'.repeat(4096)}x` },
    }),
    refused('number', 'a number can not be sealed', { n: 1 }, 'SEAL_BAD_VALUE'),
    refused('list', 'a list can not be sealed', ['x'], 'SEAL_BAD_VALUE'),
    refused('null', 'null can not be sealed', { n: null }, 'SEAL_BAD_VALUE'),
    refused(
      'too-large',
      'JSON over 65,535 bytes does not fit',
      Object.fromEntries('abcdefghi'.split('').map((key) => [key, 'x'.repeat(8000)])),
      'SEAL_TOO_LARGE',
    ),
    opened('open', 'a part that opens', {}),
    opened('open-keys-swapped', 'keys in another order', { keys: two.toReversed() }, 'key-wrong'),
    opened('open-key-lost', 'one of two keys destroyed', { keys: two.slice(1) }, 'key-wrong'),
    opened(
      'open-origin',
      'in a log of another origin',
      { place: { ...place, origin: `${ORIGIN}2` } },
      'key-wrong',
    ),
    opened('open-entry', 'in another entry', { place: { ...place, entryId: idAt(3).text } }, 'key-wrong'),
    opened('open-part-number', 'in another part', { place: { ...place, partNumber: 1 } }, 'key-wrong'),
    opened('open-position', 'at another position', { place: { ...place, position: 1 } }, 'key-wrong'),
    opened('open-purpose', 'under another purpose', { sealed: { ...GOOD, part: 'origin' } }, 'key-wrong'),
    opened('open-persons', 'about other persons', { sealed: { ...GOOD, persons: [2, 4] } }, 'key-wrong'),
    opened(
      'open-nonce',
      'one bit of the nonce',
      { sealed: { ...GOOD, box: flipped(GOOD.box, 0) } },
      'key-wrong',
    ),
    opened(
      'open-ciphertext',
      'one bit of the ciphertext',
      { sealed: { ...GOOD, box: flipped(GOOD.box, 24) } },
      'key-wrong',
    ),
    opened(
      'open-tag',
      'one bit of the tag',
      { sealed: { ...GOOD, box: flipped(GOOD.box, -1) } },
      'key-wrong',
    ),
    opened(
      'open-short',
      'a box that is a nonce only',
      { sealed: { ...GOOD, box: b64(nonce) } },
      'box-malformed',
    ),
    opened(
      'open-box-text',
      'a box that is not base64url',
      { sealed: { ...GOOD, box: `${GOOD.box.slice(0, -1)}=` } },
      'box-malformed',
    ),
    opened(
      'open-commitment',
      'a commitment to something else',
      { sealed: { ...GOOD, commit: flipped(GOOD.commit, 0) } },
      'commitment-wrong',
    ),
    opened(
      'open-padding',
      'padding that is not zero',
      { sealed: plain('{"reason":"x"}', (bytes) => bytes.map((b, i) => (i === 63 ? 1 : b))) },
      'plaintext-malformed',
    ),
    opened(
      'open-padding-long',
      'a block too many',
      { sealed: plain('{"reason":"x"}', (bytes) => concat(bytes, new Uint8Array(64))) },
      'plaintext-malformed',
    ),
    opened(
      'open-json',
      'JSON that is not canonical',
      { sealed: plain('{"reason": "x"}') },
      'plaintext-malformed',
    ),
    opened(
      'open-number',
      'a value that is no text',
      { sealed: plain('{"reason":1}') },
      'plaintext-malformed',
    ),
    opened('open-omitted', 'the marker of an omitted text', {
      sealed: plain(canonical({ reason: { omitted: 9000 } })),
    }),
  ];
}
