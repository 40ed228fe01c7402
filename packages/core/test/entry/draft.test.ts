import { describe, expect, test } from 'vitest';
import { canonicalize } from '../../src/canonical.ts';
import { draftEntry, sealEntry } from '../../src/entry/draft.ts';
import { MAX_ENTRY_BYTES } from '../../src/entry/kinds.ts';
import type { EntryFields } from '../../src/entry/types.ts';
import { encodeUtf8 } from '../../src/utf8.ts';
import { inspectEntry } from '../../src/verify/inspect.ts';
import { mention, ORIGIN, signer, subject, uuid } from '../verify/small-log.ts';

const base = { v: 1, id: uuid(1), occurred: '2026-11-22T12:00:00.000Z' };
const who = { subjects: [subject(1)], subjectCount: 1 };
const actor = { kind: 'employee', person: mention(3), role: 'support' };
const box = { box: 'A'.repeat(138) + 'A', commit: 'A'.repeat(43), part: 'reason' };
const hash = 'A'.repeat(43);
const time = '2026-11-22T12:00:00.000Z';

const SOUND: Record<string, object> = {
  genesis: { origin: ORIGIN, vkey: signer().vkey, succeeds: { held: 'a\n', lost: 'b\n' } },
  register: { version: 1, date: '2024-02-29', digest: hash, document: '{"é":1}', part: { number: 1, of: 2 } },
  lifecycle: {
    event: 'service-ended',
    activity: 'dashboard',
    actor,
    ...who,
    sealed: [{ ...box, persons: [0, 2] }],
  },
  correction: { of: 3, actor, fields: ['email'], sealed: [{ ...box, persons: [0] }] },
  erasure: { ground: 'objection', ...who },
  retention: {
    activity: 'a',
    rule: 'r',
    cutoff: time,
    handles: [mention(1).ptr, mention(2).ptr].sort(),
    ranges: [
      [1, 1],
      [3, 9],
    ],
  },
  hold: { state: 'lifted', of: 4, ...who },
  confidentiality: { of: [1, 5] },
  review: { of: [1], result: 'follow-up', actor },
  gap: { activity: 'a', service: 's', count: 1, from: time, to: time },
  heartbeat: { next: time },
  key: { vkey: signer().vkey, signature: 'A'.repeat(86) },
  clock: { from: time, to: time },
};

function draft(kind: string, more: object): ReturnType<typeof draftEntry> {
  return draftEntry({ ...base, kind, ...more } as unknown as EntryFields);
}

describe('draftEntry', () => {
  test.each(Object.entries(SOUND))('a %s is spliced into its canonical form', (kind, fields) => {
    const fill = { index: 11, prev: hash, recorded: time, control: { index: 10, leaf: hash } };
    const text = sealEntry(draft(kind, fields), fill);
    const { control, ...free } = fill;
    expect(text).toBe(
      canonicalize({ ...base, kind, ...fields, ...free, ...(kind === 'genesis' ? {} : { control }) }),
    );
    expect(inspectEntry(encodeUtf8(text))).toMatchObject({ kind: 'control', problems: [], index: 11 });
  });

  test('knows its size in bytes at 16 digits', () => {
    const made = draft('register', SOUND['register'] ?? {});
    const fill = {
      index: 10 ** 15,
      prev: hash,
      recorded: time,
      control: { index: 10 ** 15 - 1, leaf: hash },
    };
    expect(encodeUtf8(sealEntry(made, fill)).length).toBe(made.byteLength - 1);
    const rest = MAX_ENTRY_BYTES - made.byteLength;
    const longest = { ...SOUND['register'], document: `{"é":1}${'x'.repeat(rest)}` };
    expect(draft('register', longest).byteLength).toBe(MAX_ENTRY_BYTES);
    expect(() => draft('register', { ...longest, document: `${longest.document}x` })).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE' }),
    );
  });

  test('needs the control link where the kind has one', () => {
    expect(() =>
      sealEntry(draft('heartbeat', { next: time }), { index: 1, prev: hash, recorded: time }),
    ).toThrow();
  });

  test.each([
    ['an unknown kind', 'rumour', {}, 'kind'],
    ['a key of another kind', 'heartbeat', { next: time, version: 1 }, ''],
    ['a missing key', 'heartbeat', {}, ''],
    [
      'a UUID of another version',
      'heartbeat',
      { next: time, id: '01890000-0000-4000-8000-000000000000' },
      'id',
    ],
    ['an id in capitals', 'heartbeat', { next: time, id: uuid(10).toUpperCase() }, 'id'],
    ['a time in another form', 'heartbeat', { next: '2026-11-22T12:00:00Z' }, 'next'],
    ['a day that is none', 'register', { ...SOUND['register'], date: '2023-02-29' }, 'date'],
    ['a fraction', 'correction', { of: 1.5 }, 'of'],
    ['ill-formed Unicode', 'register', { ...SOUND['register'], document: '\ud800' }, ''],
    [
      'base64url with spare bits',
      'register',
      { ...SOUND['register'], digest: `${'A'.repeat(42)}B` },
      'digest',
    ],
    ['a set out of order', 'confidentiality', { of: [5, 1] }, 'of'],
    ['a set with a repeat', 'confidentiality', { of: [5, 5] }, 'of'],
    ['an empty list where absence says it', 'confidentiality', { of: [] }, 'of'],
    ['part beyond of', 'register', { ...SOUND['register'], part: { number: 3, of: 2 } }, 'part.number'],
    ['one part of one', 'register', { ...SOUND['register'], part: { number: 1, of: 1 } }, 'part.of'],
    ['a split heartbeat', 'heartbeat', { next: time, part: { number: 1, of: 2 } }, ''],
    ['a lifted hold without its placing', 'hold', { state: 'lifted', ...who }, 'of'],
    ['a placed hold that names one', 'hold', { state: 'placed', of: 1, ...who }, 'of'],
    [
      'ranges that overlap',
      'retention',
      {
        ...SOUND['retention'],
        ranges: [
          [1, 3],
          [3, 4],
        ],
      },
      'ranges',
    ],
    ['a range of three', 'retention', { ...SOUND['retention'], ranges: [[1, 3, 4]] }, 'ranges[0]'],
    [
      'ranges without a cutoff',
      'retention',
      { activity: 'a', rule: 'r', handles: [], ranges: [[1, 1]] },
      'cutoff',
    ],
    ['subjects miscounted', 'erasure', { ground: 'g', subjects: [], subjectCount: 1 }, 'subjectCount'],
    ['a part about nobody', 'erasure', { ground: 'g', ...who, sealed: [{ ...box, persons: [0] }] }, 'sealed'],
    [
      'a part about a subject too many',
      'erasure',
      { ground: 'g', ...who, sealed: [{ ...box, persons: [3] }] },
      'sealed',
    ],
    [
      'a box of a wrong size',
      'erasure',
      { ground: 'g', ...who, sealed: [{ ...box, box: 'AAAA', persons: [2] }] },
      'sealed[0].box',
    ],
    [
      'a box of a length no plaintext gives',
      'erasure',
      { ground: 'g', ...who, sealed: [{ ...box, box: 'A'.repeat(160), persons: [2] }] },
      'sealed[0].box',
    ],
    [
      'a ptr with spare bits',
      'erasure',
      { ground: 'g', ...who, subjects: [{ ...subject(1), ptr: `${'A'.repeat(21)}B` }] },
      'subjects[0].ptr',
    ],
    [
      'an anonymous person',
      'review',
      { ...SOUND['review'], actor: { ...actor, kind: 'anonymous' } },
      'actor.person',
    ],
    ['times that end before they begin', 'clock', { from: time, to: '2026-11-22T11:59:59.999Z' }, 'to'],
    ['an origin with a space', 'genesis', { ...SOUND['genesis'], origin: 'a b' }, 'origin'],
    ['an origin of 256 bytes', 'genesis', { ...SOUND['genesis'], origin: 'é'.repeat(128) }, 'origin'],
  ])('refuses %s', (_, kind, fields, path) => {
    expect(() => draft(kind, fields)).toThrow(expect.objectContaining({ code: 'BAD_ENTRY', path }));
  });
});
