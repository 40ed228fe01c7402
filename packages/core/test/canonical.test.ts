import canonicalizeElsewhere from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalize, MAX_JSON_DEPTH, parseCanonical } from '../src/canonical.ts';
import { FormatError } from '../src/format-error.ts';
import type { JsonValue } from '../src/json.ts';
import {
  ascii,
  fromHex,
  hex,
  noVectors,
  thrownBy,
  valueOrCode,
  vectorBytes,
  vectorFiles,
  vectorText,
} from './shared.ts';

describe.skipIf(noVectors)('RFC 8785 vectors', () => {
  const names = noVectors
    ? []
    : vectorFiles('jcs-rfc8785/input', '.json').map((path) => path.split('/').pop() ?? '');

  it('are all there', () => expect(names).toHaveLength(6));

  it.each(names)('%s', (name) => {
    const output = vectorBytes(`jcs-rfc8785/output/${name}`);
    const outhex = vectorText(`jcs-rfc8785/outhex/${name.replace('.json', '.txt')}`).replaceAll(/\s/g, '');
    const text = canonicalize(JSON.parse(vectorText(`jcs-rfc8785/input/${name}`)) as JsonValue);
    expect(hex(ascii(text))).toBe(outhex);
    expect(hex(output)).toBe(outhex);
    expect(canonicalize(parseCanonical(output))).toBe(text);
  });
});

describe('numbers', () => {
  // RFC 8785 appendix B.
  const appendix: [string, string][] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
  ];

  it.each(appendix)('%s is %s', (bits, text) => {
    const number = Buffer.from(bits, 'hex').readDoubleBE();
    expect(canonicalize(number)).toBe(text);
    expect(parseCanonical(ascii(text))).toBe(number === 0 ? 0 : number);
  });
});

describe('canonicalize', () => {
  it('does as another implementation does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        expect(canonicalize(value as JsonValue)).toBe(canonicalizeElsewhere(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('sorts keys by UTF-16 code units', () => {
    // U+1F600 is D83D DE00 in UTF-16, before U+FB33, but behind it as a code point.
    expect(canonicalize({ '\ufb33': 1, '\u{1f600}': 2, '10': 3, '9': 4, '': 5, __proto__x: 6 })).toBe(
      '{"":5,"10":3,"9":4,"__proto__x":6,"\u{1f600}":2,"\ufb33":1}',
    );
  });

  it('keeps a key named __proto__', () => {
    const text = '{"__proto__":{"a":1},"constructor":2}';
    expect(canonicalize(JSON.parse(text) as JsonValue)).toBe(text);
    expect(canonicalize(parseCanonical(ascii(text)))).toBe(text);
  });

  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const outside: [string, unknown][] = [
    ['undefined', undefined],
    ['a hole', Array.from({ length: 1 })],
    ['a real hole', Object.assign([1], { length: 2 })],
    ['an undefined member', { a: undefined }],
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['bytes', new Uint8Array(2)],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['a cycle', cyclic],
    ['100,000 arrays', nested(100_000)],
    ['one array too many', nested(MAX_JSON_DEPTH + 1)],
  ];
  it.each(outside)('refuses %s', (_, value) => {
    expect(thrownBy(() => canonicalize(value as JsonValue))).toMatchObject({
      name: 'FormatError',
      code: 'NOT_JSON',
    });
  });

  it('writes the deepest nesting allowed', () => {
    expect(canonicalize(nested(MAX_JSON_DEPTH))).toBe(
      '['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH),
    );
  });
});

describe('parseCanonical', () => {
  it('reads back what canonicalize wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalize(value as JsonValue);
        expect(canonicalize(parseCanonical(ascii(text)))).toBe(text);
      }),
    );
  });

  it('accepts exactly what is written the same again', () => {
    const soup = fc.string({ unit: fc.constantFrom(...'{}[]",:0129-.eE\\u"abn '.split('')), maxLength: 12 });
    const cut = fc.tuple(fc.jsonValue(), soup, fc.nat(), fc.nat(3)).map(([value, put, at, drop]) => {
      const text = JSON.stringify(value);
      const place = at % (text.length + 1);
      return text.slice(0, place) + put.slice(0, drop) + text.slice(place + drop);
    });
    fc.assert(
      fc.property(
        fc.oneof(
          soup,
          cut,
          fc.jsonValue().map((value) => JSON.stringify(value)),
        ),
        (text) => {
          expect(valueOrCode(() => canonicalize(parseCanonical(ascii(text))))).toBe(judgedElsewhere(text));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('does not take another order, duplicates or spacing', () => {
    const swaps = fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), fc.integer(), {
      minKeys: 2,
      maxKeys: 5,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(swaps, (object) => {
        const members = Object.keys(object)
          .sort()
          .map((key) => `${JSON.stringify(key)}:${object[key]}`);
        expect(parseCanonical(ascii(`{${members.join(',')}}`))).toEqual(object);
        for (const other of [
          members.toReversed(),
          [...members, members.at(-1)],
          [members[0], ...members],
          [` ${members[0]}`, ...members.slice(1)],
        ]) {
          expect(() => parseCanonical(ascii(`{${other.join(',')}}`))).toThrow(FormatError);
        }
      }),
    );
  });

  const refused: [string, Uint8Array][] = [
    ['nothing', ascii('')],
    ['white space around', ascii(' 1')],
    ['a final newline', ascii('1\n')],
    ['a byte order mark', fromHex('efbbbf31')],
    ['invalid UTF-8', fromHex('22ff22')],
    ['an overlong form', fromHex('22c08022')],
    ['a surrogate in UTF-8', fromHex('22eda08022')],
    ['an escaped lone surrogate', ascii('"\\ud800"')],
    ['an escaped lone surrogate as a key', ascii('{"\\udead":1}')],
    ['an escaped pair', ascii('"\\ud83d\\ude00"')],
    ['an escaped letter', ascii('"\\u0061"')],
    ['an escaped slash', ascii('"\\/"')],
    ['upper-case hex', ascii('"\\u001F"')],
    ['a long escape', ascii('"\\u000a"')],
    ['1.0', ascii('1.0')],
    ['1e2', ascii('1e2')],
    ['-0', ascii('-0')],
    ['too large a number', ascii('1e400')],
    ['more digits than a double has', ascii('9007199254740993')],
    ['keys as numbers would be sorted', ascii('{"9":1,"10":2}')],
    ['unsorted keys', ascii('{"b":1,"a":2}')],
    ['a duplicate key', ascii('{"a":1,"a":1}')],
    ['two values', ascii('1 2')],
    ['100,000 arrays', ascii('['.repeat(100_000) + ']'.repeat(100_000))],
    ['100,000 open arrays', ascii('['.repeat(100_000))],
    ['100,000 objects', ascii('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))],
    ['one array too many', ascii('['.repeat(MAX_JSON_DEPTH + 1) + ']'.repeat(MAX_JSON_DEPTH + 1))],
  ];
  it.each(refused)('refuses %s', (_, bytes) => {
    expect(thrownBy(() => parseCanonical(bytes))).toMatchObject({
      name: 'FormatError',
      code: 'NOT_CANONICAL',
    });
  });

  it.each([
    '{"10":1,"9":2}',
    '{"1":{"b":1},"a":[]}',
    '"a\\\\ud800"',
    '"\\u001f\\b\\t\\n\\f\\r\\"\\\\"',
    '"\u007f\u2028\ufeff"',
  ])('reads %s', (text) => {
    expect(canonicalize(parseCanonical(ascii(text)))).toBe(text);
  });
});

/** The text itself when it is canonical by two other implementations, else the code to expect. */
function judgedElsewhere(text: string): string {
  try {
    return canonicalizeElsewhere(JSON.parse(text)) === text ? text : 'NOT_CANONICAL';
  } catch {
    return 'NOT_CANONICAL';
  }
}

function nested(depth: number): JsonValue {
  let value: JsonValue = [];
  for (let i = 1; i < depth; i++) value = [value];
  return value;
}
