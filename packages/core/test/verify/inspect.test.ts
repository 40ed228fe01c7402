import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessTemplate } from '../../src/entry/access-template.ts';
import { sealEntry } from '../../src/entry/draft.ts';
import { draftAccess } from '../../src/entry/draft-access.ts';
import { checkEntry } from '../../src/entry/kind-table.ts';
import { timeText } from '../../src/entry/time.ts';
import { leafHash } from '../../src/merkle/hash.ts';
import { encodeUtf8 } from '../../src/utf8.ts';
import { LogChecker } from '../../src/verify/checker.ts';
import { findingList } from '../../src/verify/finding-list.ts';
import { memoryIdCollector } from '../../src/verify/ids.ts';
import { inspectEntry, inspectLong, leafInput, prunedLeaf } from '../../src/verify/inspect.ts';
import { type Inspected, RangeInspector } from '../../src/verify/range-inspector.ts';
import { AccessScanner } from '../../src/verify/scan-access.ts';
import { accessParts, hashes, patterns, times } from '../entry/arbitrary.ts';
import { mention, SmallLog, START, subject, uuid, verify } from './small-log.ts';

const accesses = fc
  .tuple(patterns, accessParts, hashes, times, fc.nat())
  .filter(([pattern, { actor }]) => pattern.actorKind !== 'anonymous' || actor === undefined)
  .map(([pattern, parts, prev, recorded, index]) =>
    sealEntry(draftAccess({ template: accessTemplate(pattern), ...parts }), { index, prev, recorded }),
  );

const scanner = new AccessScanner();

/** Whether the short way takes the text. Something else may stand behind it in the buffer. */
function isShort(text: string): boolean {
  const bytes = encodeUtf8(`${text}],"v":1}`);
  return scanner.scan(bytes, 0, bytes.length - '],"v":1}'.length);
}

/** What the long way alone makes of the text. */
function long(text: string): ReturnType<typeof inspectLong> {
  return inspectLong(leafInput(encodeUtf8(text)), '', '');
}

/** Whether the text is a canonical, well-formed access, by the long way only. */
function isSound(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return checkEntry(value) === undefined && JSON.stringify(value) === text;
  } catch {
    return false;
  }
}

/** Whether the short way, where it takes the text, reads the same as the long one; whether it took it. */
function agree(text: string): boolean {
  const taken = isShort(text);
  const inspection = inspectEntry(encodeUtf8(text));
  const { leaf } = inspection;
  expect(inspection).toEqual({ ...long(text), leaf });
  expect(taken && inspection.problems.length > 0).toBe(false);
  return taken;
}

function problems(text: string | Uint8Array): readonly string[] {
  return inspectEntry(typeof text === 'string' ? encodeUtf8(text) : text).problems.map(({ code }) => code);
}

function entryText(): string {
  const log = SmallLog.started();
  log.access();
  return Buffer.from(log.rows[2]?.bytes ?? []).toString();
}

/** An access with everything that the short way knows. */
function rich(): string {
  const log = SmallLog.started();
  log.access();
  const box = 'A'.repeat(139);
  log.access({
    confidential: true,
    of: 2,
    onBehalfOf: mention(4),
    recipient: 'delivery',
    sealed: [
      { box, commit: 'A'.repeat(43), part: 'reason', persons: [0, 2] },
      { box, commit: 'A'.repeat(43), part: 'change', persons: [1] },
    ],
    source: { id: 'outbox', seq: 3 },
  });
  return Buffer.from(log.rows[3]?.bytes ?? []).toString();
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
        expect(isShort(text) && !isSound(text)).toBe(false);
        expect(problems(text).length === 0).toBe(isSound(text));
        agree(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('the short way takes every access that is neither split nor flagged', () => {
    fc.assert(
      fc.property(accesses, (text) => {
        expect(agree(text)).toBe(isSound(text) && !/"(part":{|flags":)/.test(text));
      }),
      { numRuns: 500 },
    );
  });

  test('both ways give one verdict on every single-byte change', () => {
    for (const text of [rich(), entryText()]) {
      expect(agree(text)).toBe(true);
      for (let at = 0; at < text.length; at++)
        for (const by of [
          '',
          '0',
          '1',
          '9',
          'A',
          'Q',
          'a',
          'g',
          'z',
          '-',
          '.',
          '"',
          ',',
          ':',
          '{',
          '}',
          ']',
          ' ',
          '\\',
          '\u00e9',
        ])
          agree(text.slice(0, at) + by + text.slice(at + 1));
    }
  });

  test('both ways give one verdict on other texts of the same values', () => {
    const text = rich();
    const { action, activity, ...others } = JSON.parse(text) as Record<string, unknown>;
    expect(agree(JSON.stringify({ activity, action, ...others }))).toBe(false);
    for (let at = 0; at < text.length; at++) {
      expect(agree(`${text.slice(0, at)} ${text.slice(at)}`)).toBe(false);
      const code = text.charCodeAt(at).toString(16).padStart(4, '0');
      expect(agree(`${text.slice(0, at)}\\u${code}${text.slice(at + 1)}`)).toBe(false);
      expect(agree(text.slice(0, at))).toBe(false);
      expect(agree(text + text.slice(at))).toBe(false);
    }
  });

  test.each([
    ['a leap day', '2024-02-29', true],
    ['a leap day of no leap year', '2023-02-29', false],
    ['a leap day of 1900', '1900-02-29', false],
    ['a leap day of 2000', '2000-02-29', true],
    ['the first day of all', '0000-01-01', true],
    ['the last day of all', '9999-12-31', true],
    ['a month 0', '2024-00-10', false],
    ['a month 13', '2024-13-10', false],
    ['a day 0', '2024-04-00', false],
    ['a 31st of April', '2024-04-31', false],
  ])('both ways read %s', (_, day, sound) => {
    const text = rich().replace(/"occurred":"[^T]+/, `"occurred":"${day}`);
    expect(agree(text)).toBe(sound);
  });

  test.each([
    ['an index that is no safe integer', /"index":\d+/, '"index":9007199254740992'],
    ['a counter that is none', /"seq":\d+/, '"seq":9007199254740993'],
    ['an index of 17 digits', /"index":\d+/, '"index":10000000000000000'],
    ['a position that nobody has', '"persons":[0,2]', '"persons":[0,3]'],
    ['positions out of order', '"persons":[0,2]', '"persons":[2,0]'],
    ['no positions', '"persons":[0,2]', '"persons":[]'],
    ['a box of another length', '"box":"AAAA', '"box":"'],
    ['a key of 65 characters', '"support"', `"${'a'.repeat(65)}"`],
    ['an anonymous person', '"kind":"employee"', '"kind":"anonymous"'],
    ['a reference to itself', /"of":\d+/, '"of":3'],
    ['many fields out of order', '"email","name"', '"name","email"'],
  ])('both ways refuse %s', (_, from, to) => {
    expect(agree(rich())).toBe(true);
    expect(agree(rich().replace(from, to))).toBe(false);
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

describe('RangeInspector', () => {
  function inspected(log: SmallLog): readonly Inspected[] {
    const inspector = new RangeInspector();
    log.rows.forEach(({ bytes, leaf }, index) => inspector.next(index, bytes, leaf));
    expect(inspector.count).toBe(log.size);
    return structuredClone(inspector.take());
  }

  test('gathers what follows in runs, and gives what can not be gathered by itself', () => {
    const log = SmallLog.started();
    log.access({ source: { id: 'outbox', seq: 3 }, recipient: 'delivery' });
    log.access({ part: { number: 1, of: 2 }, subjects: [subject(1)], subjectCount: 2, id: uuid(60) });
    log.access();
    log.access({ flags: ['undeclared'], source: { id: 'outbox', seq: 4 } });
    log.raw(encodeUtf8('{}'));
    log.access();
    log.prune(7);
    log.access();
    const items = inspected(log);
    expect(items.map((item) => (item.kind === 'run' ? item.count : item.kind))).toEqual([
      'control',
      'control',
      1,
      'access',
      2,
      'partial',
      'pruned',
      1,
    ]);
    const [, , first, , second] = items;
    expect(first).toMatchObject({ stored: 2, index: 2, sources: [{ id: 'outbox', seq: 3, at: 0 }] });
    expect(second).toMatchObject({ stored: 4, index: 4, sources: [{ id: 'outbox', seq: 4, at: 1 }] });
    expect(second).toMatchObject({ from: START + 4000, to: START + 5000, late: 0 });
    expect(second).toMatchObject({ scopes: ['dashboard@1 read support  email name'] });
  });

  test.each([
    ['index', { index: 9 }],
    ['prev', { prev: 'A'.repeat(43) }],
    ['recorded', { recorded: timeText(START) }],
  ])('ends a run where %s does not follow', (_, fill) => {
    const log = SmallLog.started();
    log.access();
    log.access();
    log.access({}, fill);
    expect(inspected(log).flatMap((item) => (item.kind === 'run' ? [item.count] : []))).toEqual([2, 1]);
  });

  test('a log fed in runs gives the findings of one fed by entries', () => {
    const kinds = fc.constantFrom(
      'access',
      'source',
      'part',
      'lifecycle',
      'pruned',
      'raw',
      'index',
      'prev',
      'back',
      'late',
      'field',
      'version',
      'id',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant('access' as const), kinds), { maxLength: 25 }), (steps) => {
        const log = SmallLog.started();
        for (const step of steps) STEPS[step]?.(log);
        log.head();
        log.access();
        log.head();
        expect(verifyRuns(log)).toEqual(verify(log));
      }),
      { numRuns: 300 },
    );
  });
});

const STEPS: Readonly<Record<string, (log: SmallLog) => void>> = {
  access: (log) => log.access(),
  source: (log) => log.access({ source: { id: 'outbox', seq: log.size % 7 } }),
  part: (log) => log.access({ part: { number: 1, of: 2 }, subjectCount: 2 }),
  lifecycle: (log) => log.add({ kind: 'lifecycle', event: 'service-ended', subjects: [], subjectCount: 0 }),
  pruned: (log) => {
    log.access();
    log.prune(log.size - 1);
  },
  raw: (log) => log.raw(encodeUtf8('{}')),
  index: (log) => log.access({}, { index: log.size + 1 }),
  prev: (log) => log.access({}, { prev: 'A'.repeat(43) }),
  back: (log) => log.access({}, { recorded: timeText(START - 1000) }),
  late: (log) => log.access({ occurred: timeText(log.time + 600_000) }),
  field: (log) => log.access({ fields: ['secret'] }),
  version: (log) => log.access({ activity: 'dashboard@2' }),
  id: (log) => log.access({ id: uuid(3) }),
};

/** As {@link verify}, in runs wherever a run is taken. */
function verifyRuns(log: SmallLog): ReturnType<typeof verify> {
  const list = findingList();
  const checker = new LogChecker({ report: list.report, ids: memoryIdCollector() });
  const inspector = new RangeInspector();
  log.rows.forEach(({ bytes, leaf }, index) => inspector.next(index, bytes, leaf));
  const heads = [...log.heads];
  const headsHere = (): void => {
    while (heads[0]?.size === checker.size) checker.head(heads.shift() as (typeof heads)[0]);
  };
  for (const item of inspector.take()) {
    if (item.kind !== 'run') {
      checker.next(item);
      headsHere();
    } else if (checker.begin(item))
      for (let at = 0; at < item.count; at++) {
        checker.proceed(item, at, at + 1);
        headsHere();
      }
    else
      for (const { bytes, leaf } of log.rows.slice(item.stored, item.stored + item.count)) {
        checker.next(bytes === undefined ? prunedLeaf(leaf) : inspectEntry(bytes, leaf));
        headsHere();
      }
  }
  const summary = checker.finish();
  return {
    ...summary,
    findings: list.findings,
    codes: list.findings.map(({ code, index }) => `${code}@${index}`),
  };
}

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
