import { expect, test } from 'vitest';
import { hasDuplicateKey } from '../src/read/duplicate-key.ts';

test.each([
  ['{"a":1,"a":2}', true],
  ['{"a":1,"\\u0061":2}', true],
  ['[{"x":{"b":"\\"","b":0}}]', true],
  ['{"a" \n: 1, "b": "a", "c": ["a", "a"]}', false],
  ['[{"a":1},{"a":1}]', false],
  ['{"a":{"a":{"a":"{\\"a\\":1,\\"a\\":2}"}}}', false],
])('%s', (text, duplicate) => {
  JSON.parse(text);
  expect(hasDuplicateKey(text)).toBe(duplicate);
});

test('a key given again anywhere in a document is found', () => {
  const document = JSON.stringify({
    a: [{ 'b"\\': { c: '{"c":1,"c":2}' } }, [], ''],
    d: { e: {}, 'f,:': [1, 'd'] },
  });
  expect(hasDuplicateKey(document)).toBe(false);
  const openings = [...document.matchAll(/(?<=[{,])"(?:[^"\\]|\\.)*":/g)].filter(({ index }) =>
    hasDuplicateKey(
      document.slice(0, index) + document.slice(index).replace(/^("(?:[^"\\]|\\.)*":)/, '$10,$1'),
    ),
  );
  expect(openings.length).toBeGreaterThanOrEqual(6);
});
