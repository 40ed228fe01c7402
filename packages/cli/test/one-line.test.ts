import { expect, test } from 'vitest';
import { csvLine } from '@zegel/reading';
import { describeError, errorLine } from '../src/run/describe-error.ts';
import { exitOf } from '../src/run/exit.ts';

test.each([
  'a\nb',
  '\r\n',
  '',
  'x\u0000\u001b[2J',
  '\u2028\u202e',
  '\ud800',
  'stack\n    at f (file.ts:1:1)',
])('%j becomes one line without a stack', (message) => {
  const line = errorLine(describeError(new Error(message)));
  expect(line).toMatch(/^zegel: INTERNAL: [^\n\r\p{Cc}\u2028\u202e]*\n$/u);
});

test('codes come from the error, and are told once', () => {
  expect(describeError(Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' }))).toEqual({
    code: 'ENOENT',
    message: 'no such file',
  });
  expect(describeError('text')).toEqual({ code: 'INTERNAL', message: 'text' });
});

test('exit statuses', () => {
  expect(
    ['LOG_FORKED', 'STORE_CORRUPT', 'EVENT_INVALID', 'STORE_FULL', 'USAGE', 'INTERNAL', 'INTERRUPTED'].map(
      exitOf,
    ),
  ).toEqual([1, 1, 1, 2, 2, 2, 130]);
});

test.each([
  [['=1+1', '+1', '-1', '@x', '|x', '%x', '\tx', '\rx']],
  [['a', '', 'b,c', 'd"e"', 'f\r\ng', ' h ', "'i", 'j;k', '"', ',']],
  [['=HYPERLINK("http://x","y")', 'ok']],
])('no cell of a CSV is a formula, and every cell can be read back: %j', (cells) => {
  const line = csvLine(cells);
  expect(line.endsWith('\r\n')).toBe(true);
  const back = parse(line.slice(0, -2));
  expect(back).toEqual(cells.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell)));
  expect(back.some((cell) => FORMULA.test(cell))).toBe(false);
});

const FORMULA = /^[=+\-@|%\t\r\n]/;

/** RFC 4180, one record. */
function parse(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/s.exec(line.slice(at));
    const plain = /^[^,]*/s.exec(line.slice(at));
    const [whole = '', inner] = quoted ?? plain ?? [];
    cells.push(inner === undefined ? whole : inner.replaceAll('""', '"'));
    at += whole.length;
    if (line[at] !== ',') return cells;
    at++;
  }
}
