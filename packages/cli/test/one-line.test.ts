import { expect, test } from 'vitest';
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
