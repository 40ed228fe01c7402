import { fromHex, NotInForm, toHex, unUtf8, utf8 } from '../bytes.ts';
import { canonical, parseCanonicalText, parseJson } from '../json.ts';
import { demand, type NamedVector } from './vector.ts';

// name, what it shows, JSON, canonical text (undefined: refused)
const WRITTEN: readonly (readonly [string, string, string, string | undefined])[] = [
  ['empty-object', 'an empty object', ' { } ', '{}'],
  ['empty-array', 'an empty array', '[ ]', '[]'],
  ['literals', 'the three literals keep their order in an array', '[true, null, false]', '[true,null,false]'],
  ['key-order', 'keys are sorted', '{"b":1,"a":2,"aa":3,"":4}', '{"":4,"a":2,"aa":3,"b":1}'],
  [
    'key-order-utf16',
    'keys are sorted by UTF-16 code units, not by code points',
    '{"\ufb33":1,"\u{1f600}":2}',
    '{"\u{1f600}":2,"\ufb33":1}',
  ],
  [
    'key-order-nested',
    'objects inside arrays are sorted, too',
    '[{"z":{"b":1,"a":2},"y":0}]',
    '[{"y":0,"z":{"a":2,"b":1}}]',
  ],
  [
    'key-order-digits',
    'keys of digits are strings like any other',
    '{"10":1,"9":2,"1":3}',
    '{"1":3,"10":1,"9":2}',
  ],
  [
    'key-proto',
    'a key that is special in some languages is not special',
    '{"__proto__":1,"a":2}',
    '{"__proto__":1,"a":2}',
  ],
  [
    'escapes',
    'seven characters have short escapes, other controls four digits',
    '"\\u0022\\u005c\\u0008\\u0009\\u000a\\u000c\\u000d\\u0000\\u001f"',
    '"\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f"',
  ],
  [
    'no-escape',
    'nothing else is escaped',
    '"\\u007f\\u00e9\\u20ac\\/\\ud83d\\ude00"',
    '"\u007f\u00e9\u20ac/\u{1f600}"',
  ],
  ['not-normalised', 'text is not normalised', '["\u00e9","e\u0301"]', '["\u00e9","e\u0301"]'],
  [
    'integers',
    'integers',
    '[0,-0,1,-1,9007199254740991,-9007199254740991]',
    '[0,0,1,-1,9007199254740991,-9007199254740991]',
  ],
  [
    'numbers',
    'numbers as ECMAScript writes them',
    '[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,1e21,1e20,1e-7,1e-6]',
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,1e+21,100000000000000000000,1e-7,0.000001]',
  ],
  [
    'depth-128',
    'nesting of 128 is written',
    `${'['.repeat(128)}${']'.repeat(128)}`,
    `${'['.repeat(128)}${']'.repeat(128)}`,
  ],
  ['lone-surrogate', 'a lone surrogate has no UTF-8', '"\\ud800"', undefined],
  ['lone-surrogate-key', 'a lone surrogate in a key', '{"\\udc00":1}', undefined],
];

// name, what it shows, text or hex, whether it is canonical
const READ: readonly (readonly [string, string, { text: string } | { hex: string }, boolean])[] = [
  ['read-object', 'canonical as it stands', { text: '{"a":[1,"x",null,true],"b":{}}' }, true],
  ['read-text', 'a string alone is JSON', { text: '"\u20ac"' }, true],
  [
    'read-utf16-order',
    'a key beyond the basic plane comes before U+FB33',
    { text: '{"\u{1f600}":2,"\ufb33":1}' },
    true,
  ],
  ['read-digits', 'keys of digits in order', { text: '{"1":3,"10":1,"9":2}' }, true],
  [
    'read-code-point-order',
    'code points in order are not code units in order',
    { text: '{"\ufb33":1,"\u{1f600}":2}' },
    false,
  ],
  ['read-space', 'white space', { text: '{"a": 1}' }, false],
  ['read-newline', 'a newline at the end', { text: '{"a":1}\n' }, false],
  ['read-order', 'keys out of order', { text: '{"b":1,"a":2}' }, false],
  ['read-duplicate', 'a key twice', { text: '{"a":1,"a":1}' }, false],
  ['read-duplicate-escaped', 'a key twice, once escaped', { text: '{"a":1,"\\u0061":1}' }, false],
  ['read-integer-float', 'an integer with a fraction', { text: '[1.0]' }, false],
  ['read-exponent', 'an integer with an exponent', { text: '[1e2]' }, false],
  ['read-minus-zero', 'minus zero', { text: '[-0]' }, false],
  ['read-plus', 'a plus sign', { text: '[+1]' }, false],
  ['read-leading-zero', 'a leading zero', { text: '[01]' }, false],
  ['read-unsafe-integer', 'an integer that no double holds', { text: '[9007199254740993]' }, false],
  ['read-infinite', 'a number beyond doubles', { text: '[1e400]' }, false],
  ['read-escaped-letter', 'an escape that is not needed', { text: '"\\u0041"' }, false],
  ['read-escaped-slash', 'an escaped slash', { text: '"\\/"' }, false],
  ['read-escape-long', 'a long escape where a short one exists', { text: '"\\u000a"' }, false],
  ['read-escape-upper', 'an escape in upper case', { text: '"\\u001F"' }, false],
  ['read-lone-surrogate', 'an escaped lone surrogate', { text: '"\\ud800"' }, false],
  ['read-control', 'a control character that is not escaped', { hex: '220122' }, false],
  ['read-comma', 'a comma at the end', { text: '[1,]' }, false],
  ['read-nothing', 'no bytes', { hex: '' }, false],
  ['read-two', 'two values', { text: '1 2' }, false],
  ['read-bom', 'a byte order mark', { hex: 'efbbbf7b7d' }, false],
  ['read-invalid-utf8', 'a byte that is not UTF-8', { hex: '22ff22' }, false],
  ['read-overlong', 'an overlong form', { hex: '22c08022' }, false],
  ['read-surrogate-utf8', 'a surrogate in UTF-8', { hex: '22eda08022' }, false],
  ['read-cut', 'a character that ends too soon', { hex: '22e282' }, false],
  ['read-depth-129', 'nesting of 129', { text: `${'['.repeat(129)}${']'.repeat(129)}` }, false],
];

export function canonicalVectors(): readonly NamedVector[] {
  return [
    ...WRITTEN.map(([name, desc, json, text]): NamedVector => {
      const path = `canonical/${name}`;
      demand(
        path,
        text,
        attempt(() => canonical(parseJson(json))),
      );
      return [
        path,
        { desc, op: 'canonicalize', json, want: text === undefined ? { error: 'NOT_JSON' } : { text } },
      ];
    }),
    ...READ.map(([name, desc, given, isCanonical]): NamedVector => {
      const path = `canonical/${name}`;
      const bytes = 'hex' in given ? fromHex(given.hex) : utf8(given.text);
      const read = attempt(() => canonical(parseCanonicalText(unUtf8(bytes))));
      demand(
        path,
        isCanonical ? toHex(bytes) : undefined,
        read === undefined ? undefined : toHex(utf8(read)),
      );
      return [
        path,
        {
          desc,
          op: 'parse-canonical',
          ...given,
          want: isCanonical ? { ok: true } : { error: 'NOT_CANONICAL' },
        },
      ];
    }),
  ];
}

function attempt(call: () => string): string | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof NotInForm) return undefined;
    throw error;
  }
}
