import { canonicalize, type JsonValue } from '@zegel/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsedFacts } from '../src/segment/facts.ts';
import { quickFacts } from '../src/segment/quick-facts.ts';

const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
const base64url = fc.stringMatching(/^[A-Za-z0-9_-]{0,43}$/);
const time = fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString());
const mention = fc.record({ ptr: base64url, ref: base64url });
const box = fc.record({
  ...{ box: base64url, commit: base64url, part: name.filter((part) => part !== 'trace') },
  persons: fc.array(fc.nat(300), { minLength: 1, maxLength: 3 }),
});

const required = {
  ...{ action: name, activity: fc.tuple(name, fc.nat(99)).map(([key, version]) => `${key}@${version}`) },
  actor: fc.record({ kind: name, person: mention, role: name }, { requiredKeys: ['kind'] }),
  ...{
    id: fc.uuid(),
    index: fc.nat(),
    kind: fc.constant('access'),
    occurred: time,
    operation: name,
    outcome: name,
  },
  ...{ prev: base64url, recorded: time, service: name, subjectCount: fc.nat(9), v: fc.constant(1) },
  subjects: fc.array(
    fc.record({ involvement: fc.constantFrom('target', 'shown', 'related'), ptr: base64url, ref: base64url }),
    { maxLength: 4 },
  ),
};
const optional = {
  ...{
    confidential: fc.constant(true),
    fields: names,
    flags: names,
    of: fc.nat(),
    onBehalfOf: mention,
    recipient: name,
  },
  sealed: fc.array(box, { minLength: 1, maxLength: 3 }),
  source: fc.record({ id: fc.uuid(), seq: fc.nat() }),
};
const access = fc
  .record({ ...required, ...optional }, { requiredKeys: Object.keys(required) as (keyof typeof required)[] })
  .map((entry) => canonicalize(JSON.parse(JSON.stringify(entry)) as JsonValue));

describe('facts without JSON', () => {
  it('are those that JSON gives, of every access in canonical form', () => {
    fc.assert(
      fc.property(access, (text) => {
        expect(quickFacts(text)).toEqual(parsedFacts(text));
        expect(quickFacts(text)).toBeDefined();
      }),
    );
  });

  it('are the same or none of a text that was changed anywhere', () => {
    const change = fc.record({
      ...{ at: fc.nat(), drop: fc.nat(3) },
      put: fc.constantFrom(
        '',
        '"',
        ',',
        '\\',
        '0',
        'a',
        '}',
        '{',
        ']',
        ' ',
        '\u00e9',
        '"v":1',
        ',"part":{"number":1,"of":2}',
      ),
    });
    fc.assert(
      fc.property(access, change, (text, { at, drop, put }) => {
        const place = at % (text.length + 1);
        const changed = text.slice(0, place) + put + text.slice(place + drop);
        const quick = quickFacts(changed);
        expect(quick ?? parsedFacts(changed)).toEqual(parsedFacts(changed));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['a trace', { sealed: [{ box: 'AA', commit: 'AA', part: 'trace', persons: [0] }] }],
    ['a part of an event', { part: { number: 1, of: 2 } }],
    ['another kind', { kind: 'lifecycle' }],
    ['something escaped', { service: 'a"b' }],
    ['an unknown member', { zzz: 1 }],
  ])('are left to JSON for %s', (_, more) => {
    const [text = '{}'] = fc.sample(access, { numRuns: 1, seed: 5 });
    const entry = { ...(JSON.parse(text) as Record<string, JsonValue>), ...more } as JsonValue;
    expect(quickFacts(text)).toBeDefined();
    expect(quickFacts(canonicalize(entry))).toBeUndefined();
  });
});
