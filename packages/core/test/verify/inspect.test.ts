import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessTemplate } from '../../src/entry/access-template.ts';
import { sealEntry } from '../../src/entry/draft.ts';
import { draftAccess } from '../../src/entry/draft-access.ts';
import { checkEntry } from '../../src/entry/kind-table.ts';
import { leafHash } from '../../src/merkle/hash.ts';
import { encodeUtf8 } from '../../src/utf8.ts';
import { readAccessText } from '../../src/verify/access-text.ts';
import { inspectEntry, prunedLeaf } from '../../src/verify/inspect.ts';
import { packInspections, unpackInspections } from '../../src/verify/pack.ts';
import { accessParts, hashes, patterns, times } from '../entry/arbitrary.ts';
import { SmallLog, subject, uuid, verify } from './small-log.ts';

const accesses = fc
  .tuple(patterns, accessParts, hashes, times, fc.nat())
  .filter(([pattern, { actor }]) => pattern.actorKind !== 'anonymous' || actor === undefined)
  .map(([pattern, parts, prev, recorded, index]) =>
    sealEntry(draftAccess({ template: accessTemplate(pattern), ...parts }), { index, prev, recorded }),
  );

/** Whether the text is a canonical, well-formed access, by the long way only. */
function isSound(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return checkEntry(value) === undefined && JSON.stringify(value) === text;
  } catch {
    return false;
  }
}

function problems(text: string | Uint8Array): readonly string[] {
  return inspectEntry(typeof text === 'string' ? encodeUtf8(text) : text).problems.map(({ code }) => code);
}

function entryText(): string {
  const log = SmallLog.started();
  log.access();
  return Buffer.from(log.rows[2]?.bytes ?? []).toString();
}

describe('inspectEntry', () => {
  test('the short way takes nothing that the long way refuses, and reads the same', () => {
    const change = fc.tuple(
      fc.nat(),
      fc.constantFrom('', '0', '1', '9', 'a', 'B', '"', ',', '{', '}', '[', ' ', '-', 'x'),
      fc.nat(2),
    );
    fc.assert(
      fc.property(accesses, fc.option(change, { nil: undefined }), (sound, changed) => {
        const at = changed === undefined ? 0 : changed[0] % sound.length;
        const text =
          changed === undefined ? sound : sound.slice(0, at) + changed[1] + sound.slice(at + changed[2]);
        const short = readAccessText(text);
        expect(short === undefined || isSound(text)).toBe(true);
        expect(problems(text).length === 0).toBe(isSound(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('both ways give the same inspection', () => {
    fc.assert(
      fc.property(accesses, (text) => {
        const short = readAccessText(text);
        if (short === undefined) return;
        // A flag sends the same access the long way.
        const flagged = inspectEntry(encodeUtf8(text.replace(',"id":', ',"flags":["undeclared"],"id":')));
        expect(flagged).toEqual({ ...short, leaf: flagged.leaf, problems: [] });
      }),
    );
  });

  test.each([
    ['white space', (text: string) => text.replace(':', ': '), 'not-canonical'],
    [
      'another order of keys',
      (text: string) => text.replace(/("action":"read"),("activity":"[^"]+")/, '$2,$1'),
      'not-canonical',
    ],
    ['an escape that needs none', (text: string) => text.replace('"read"', '"re\\u0061d"'), 'not-canonical'],
    [
      'a key twice',
      (text: string) => text.replace('"action":"read"', '"action":"read","action":"read"'),
      'not-canonical',
    ],
    ['a number in another form', (text: string) => text.replace('"v":1}', '"v":1.0}'), 'not-canonical'],
    ['an unknown key', (text: string) => text.replace('"v":1}', '"v":1,"w":2}'), 'unknown-key'],
    ['__proto__', (text: string) => text.replace('{"action"', '{"__proto__":{},"action"'), 'unknown-key'],
    ['an unknown key deep inside', (text: string) => text.replace('"ref":', '"rea":1,"ref":'), 'unknown-key'],
    ['another version', (text: string) => text.replace('"v":1}', '"v":2}'), 'unknown-version'],
    ['no version', (text: string) => text.replace(',"v":1}', '}'), 'malformed'],
    ['no index', (text: string) => text.replace(/"index":\d+,/, ''), 'malformed'],
    ['a wrong value', (text: string) => text.replace('"read"', '"peek"'), 'malformed'],
    [
      'a reference forwards',
      (text: string) => text.replace('"operation"', '"of":2,"operation"'),
      'malformed',
    ],
    ['fields out of order', (text: string) => text.replace('"email","name"', '"name","email"'), 'malformed'],
    [
      'subjects miscounted',
      (text: string) => text.replace('"subjectCount":1', '"subjectCount":2'),
      'malformed',
    ],
    ['a list', () => '[]', 'not-canonical'],
    ['nothing', () => '', 'not-canonical'],
    ['nesting without end', () => '['.repeat(60_000), 'not-canonical'],
    [
      'nesting where a value belongs',
      (text: string) => text.replace('"read"', `${'['.repeat(9000)}${']'.repeat(9000)}`),
      'malformed',
    ],
    ['a byte order mark', (text: string) => `\ufeff${text}`, 'not-canonical'],
  ])('tells of %s', (_, change, code) => {
    expect(problems(change(entryText()))).toEqual([code]);
  });

  test('tells of bytes that are no UTF-8, of a wrong leaf hash, and of too many bytes', () => {
    expect(problems(Uint8Array.of(0x7b, 0xff, 0x7d))).toEqual(['not-canonical']);
    const bytes = encodeUtf8(entryText());
    expect(inspectEntry(bytes, leafHash(bytes)).problems).toEqual([]);
    const wrong = inspectEntry(bytes, new Uint8Array(32));
    expect(wrong.problems.map(({ code }) => code)).toEqual(['leaf-hash']);
    expect(wrong.leaf).toBe('A'.repeat(43));
    expect(problems(new Uint8Array(65_536))).toEqual(['malformed']);
  });

  test('counts the size with a 16-digit index', () => {
    const log = SmallLog.started();
    const document = (length: number) => ({
      digest: 'A'.repeat(43),
      document: 'x'.repeat(length),
      version: 2,
    });
    log.register(document(10));
    const spare = 65_535 - 30 - (log.rows[2]?.bytes?.length ?? 0);
    log.register(document(10 + spare));
    const text = Buffer.from(log.rows[3]?.bytes ?? []).toString();
    expect(problems(text)).toEqual([]);
    expect(problems(text.replace('xxx', 'xxxx'))).toEqual(['malformed']);
  });
});

test('inspections survive packing and posting', () => {
  const log = SmallLog.started();
  log.access({ source: { id: 'outbox', seq: 3 }, recipient: 'delivery' });
  log.access({ part: { number: 1, of: 2 }, subjects: [subject(1)], subjectCount: 2, id: uuid(60) });
  log.access();
  log.raw(encodeUtf8('{}'));
  log.access({ source: { id: 'outbox', seq: 4 } });
  const items = log.rows.map(({ bytes, leaf }) => inspectEntry(bytes ?? new Uint8Array(0), leaf));
  const all = [...items, prunedLeaf(new Uint8Array(32)), ...items];
  expect(unpackInspections(structuredClone(packInspections(all)))).toEqual(all);
  expect(unpackInspections(packInspections([]))).toEqual([]);
});

describe('every single-byte change of every entry', () => {
  const log = SmallLog.started();
  log.access({ source: { id: 'a', seq: 1 } });
  log.add({ kind: 'lifecycle', event: 'service-ended', subjects: [subject(5)], subjectCount: 1 });
  log.access({
    of: 2,
    sealed: [{ box: 'A'.repeat(139), commit: 'A'.repeat(43), part: 'reason', persons: [0, 2] }],
  });
  log.head();

  test('is found against the stored leaf hash, and by the checkpoint when that is recomputed', () => {
    expect(verify(log).codes).toEqual([]);
    for (const [index, { bytes, leaf }] of log.rows.entries()) {
      for (let at = 0; at < (bytes?.length ?? 0); at++) {
        const changed = (bytes ?? new Uint8Array(0)).slice();
        changed[at] = (changed[at] ?? 0) ^ (at % 7 === 0 ? 0x80 : 1);
        const rows = log.rows.with(index, { leaf, bytes: changed });
        expect(verify({ rows, heads: log.heads }).codes[0]).toBe(`leaf-hash@${index}`);
        const rehashed = log.rows.with(index, { leaf: leafHash(changed), bytes: changed });
        expect(
          verify({ rows: rehashed, heads: log.heads }).codes.some((code) => code.startsWith('root-mismatch')),
        ).toBe(true);
      }
    }
  });

  test('is found at the checkpoint too when a stored hash is changed', () => {
    for (const [index, { bytes, leaf }] of log.rows.entries()) {
      for (let at = 0; at < 32; at++) {
        const changed = leaf.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 + (at % 8));
        const { codes } = verify({ rows: log.rows.with(index, { leaf: changed, bytes }), heads: log.heads });
        expect(codes).toContain(`leaf-hash@${index}`);
        expect(codes).toContain('root-mismatch@0');
      }
    }
  });
});
