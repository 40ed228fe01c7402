import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatQuery, parseQuery, planQuery, QueryError, queryShape } from '../src/index.ts';
import { queryText } from './query-arbitrary.ts';

const ID = '0190b5a8-7a3c-7000-8000-000000000001';

/** Clauses without their places in the text. */
function meaning(text: string): unknown {
  const plain = (key: string, value: unknown): unknown =>
    key === 'position' || key === 'length' ? undefined : value;
  return JSON.parse(JSON.stringify(parseQuery(text).clauses, plain));
}

function failure(text: string): QueryError {
  try {
    parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`"${text}" was read`);
}

function thrown(text: string): unknown {
  try {
    planQuery(text, { now: 0, timeZone: 'Europe/Amsterdam' });
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('parseQuery', () => {
  it.each([
    ['actor:employee:e-17', { kind: 'person', type: 'employee', id: 'e-17' }],
    ['subject:customer:a:b:c', { kind: 'person', type: 'customer', id: 'a:b:c' }],
    [
      'subject:"customer:Jan Jansen, \\"jj\\" \\\\"',
      { kind: 'person', type: 'customer', id: 'Jan Jansen, "jj" \\' },
    ],
    ['subject:customer:"x y"', { kind: 'person', type: 'customer', id: 'x y' }],
    ['subject:~0123456789ABCDEF', { kind: 'token', token: '0123456789abcdef' }],
    ['actor:~0123456789abcdef', { kind: 'token', token: '0123456789abcdef' }],
    ['actor:system', { kind: 'key', value: 'system' }],
    ['OnBehalfOf:employee:E-3', { kind: 'person', type: 'employee', id: 'E-3' }],
    ['action:READ', { kind: 'key', value: 'read' }],
    ['operation:"customer.show"', { kind: 'key', value: 'customer.show' }],
    ['index:>=100', { kind: 'index', first: 100 }],
    ['index:>100', { kind: 'index', first: 101 }],
    ['index:<=7', { kind: 'index', first: 0, last: 7 }],
    ['index:<7', { kind: 'index', first: 0, last: 6 }],
    ['index:10..20', { kind: 'index', first: 10, last: 20 }],
    ['index:5', { kind: 'index', first: 5, last: 5 }],
    [`id:${ID.toUpperCase()}`, { kind: 'key', value: ID }],
    ['trace:4bf92f3577b34da6', { kind: 'key', value: '4bf92f3577b34da6' }],
    ['on:2026-11-22', { kind: 'day', day: '2026-11-22' }],
    ['after:2026-11-22T09:30', { kind: 'instant', text: '2026-11-22T09:30' }],
    ['before:2026-11-22T09:30:00.5+02:00', { kind: 'instant', text: '2026-11-22T09:30:00.5+02:00' }],
    ['after:7d', { kind: 'ago', amount: 7, unit: 'd' }],
  ])('reads %s', (text, value) => {
    expect(meaning(text)).toMatchObject([{ kind: 'qualifier', negated: false, values: [value] }]);
  });

  it('reads alternatives, negation and words', () => {
    expect(meaning('-action:read,export')).toMatchObject([
      {
        ...{ negated: true, name: 'action' },
        values: [{ value: 'read' }, { value: 'export' }],
      },
    ]);
    expect(meaning('dossier')).toEqual([{ kind: 'word', negated: false, text: 'dossier' }]);
    expect(meaning('-"actor: x"')).toEqual([{ kind: 'word', negated: true, text: 'actor: x' }]);
    expect(parseQuery(' \t\n').clauses).toEqual([]);
  });

  it.each([
    ['action:peek', 7, 4],
    ['role:support shoe:x', 13, 4],
    ['action:read,', 11, 1],
    ['action:,read', 7, 1],
    ['action:', 6, 1],
    ['x -', 2, 1],
    ['--x', 1, 1],
    ['"open', 0, 1],
    ['say "a\\n"', 6, 1],
    ['""', 0, 2],
    ['actor:e-17', 6, 4],
    ['subject:customer', 8, 8],
    ['subject:customer:', 8, 9],
    ['subject:~0123456789abcde', 8, 16],
    ['subject:~0123456789abcdefa', 8, 18],
    ['subject:~0123456789abcdeg', 8, 17],
    ['role:~0123456789abcdef', 5, 17],
    ['on:2026-02-30', 3, 10],
    ['on:7d', 3, 2],
    ['after:2026-11-22T25:00', 6, 16],
    ['index:1e3', 6, 3],
    ['index:99999999999999999', 6, 17],
    ['id:abc', 3, 3],
    ['subject:customer:\ud800', 8, 10],
    [`subject:customer:${'é'.repeat(129)}`, 8, 138],
  ])('points at what is wrong in %j', (text, position, length) => {
    expect(failure(text)).toMatchObject({ code: 'QUERY_INVALID', position, length });
  });

  it('says what is wrong by a name and a detail, too', () => {
    expect(failure('action:peek')).toMatchObject({ reason: 'value-not-in-set' });
    expect(failure('action:peek').detail).toContain('read, search');
    expect(failure('shoe:x')).toMatchObject({ reason: 'not-a-qualifier', detail: 'shoe' });
    expect(failure('shoe:x').message).toContain('actor, subject');
  });

  it('keeps queries within bounds', () => {
    expect(failure('x'.repeat(9000)).position).toBe(8192);
    expect(failure('x '.repeat(65)).position).toBe(128);
    expect(failure(`role:${'a,'.repeat(300)}a`).message).toContain('256');
  });

  it('throws nothing but QueryError on any text', () => {
    const alphabet = fc.constantFrom(...'acdefiorst:,"\\-<>=.019 TZ+éÅ\ud800\udc00\0'.split(''));
    const noise = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: alphabet, maxLength: 60 }));
    const mutated = fc.tuple(queryText, fc.nat(), fc.nat(3), noise).map(([text, at, cut, insert]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + insert.slice(0, 3) + text.slice(place + cut);
    });
    fc.assert(
      fc.property(fc.oneof(noise, mutated), (text) => {
        const problem = thrown(text);
        if (problem === undefined) return true;
        const { position, length } = problem as QueryError;
        return (
          problem instanceof QueryError && position >= 0 && position + length <= Math.max(1, text.length)
        );
      }),
      { numRuns: 3000 },
    );
  });
});

describe('formatQuery', () => {
  it('writes what reads the same', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const written = formatQuery(parseQuery(text));
        expect(meaning(written)).toEqual(meaning(text));
        expect(formatQuery(parseQuery(written))).toBe(written);
      }),
      { numRuns: 1000 },
    );
  });

  it('quotes what needs it', () => {
    expect(formatQuery(parseQuery('subject:"customer:a, \\"b" "-x" index:<0 index:>4'))).toBe(
      'subject:customer:"a, \\"b" "-x" index:<0 index:>=5',
    );
  });
});

describe('queryShape', () => {
  it('tells qualifiers and no terms', () => {
    expect(queryShape(parseQuery('subject:customer:c-1 -subject:customer:c-2 dossier action:read'))).toEqual([
      ...['action', 'subject', 'word'],
    ]);
    expect(queryShape(parseQuery('actor:~0123456789abcdef,employee:e -subject:~aaaaaaaaaaaaaaaa'))).toEqual([
      ...['actor', 'subject'],
    ]);
  });
});
