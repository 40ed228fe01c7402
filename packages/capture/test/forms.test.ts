import { describe, expect, test } from 'vitest';
import { CaptureError } from '../src/errors.ts';
import { operationOf } from '../src/operation.ts';
import { warn } from '../src/problem.ts';
import { problemDocument } from '../src/problem-document.ts';
import { formatTraceparent, newTrace, parseTraceparent } from '../src/trace.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';

describe('traceparent', () => {
  test.each([
    [`00-${trace}-${span}-01`],
    [`00-${trace}-${span}-00`],
    [`00-${trace}-${span}-ff`],
    [`cc-${trace}-${span}-01`],
    [`cc-${trace}-${span}-01-what-comes-later`],
  ])('reads %s', (header) => {
    expect(parseTraceparent(header)).toEqual({ trace, span });
  });

  test.each([
    [undefined],
    [''],
    [`ff-${trace}-${span}-01`],
    [`00-${trace}-${span}-01-more`],
    [`00-${trace}-${span}-01-`],
    [`cc-${trace}-${span}-01.more`],
    [`00-${trace.toUpperCase()}-${span}-01`],
    [`00-${'0'.repeat(32)}-${span}-01`],
    [`00-${trace}-${'0'.repeat(16)}-01`],
    [`00-${trace}-${span}`],
    [`00-${trace}-${span}-1`],
    [`00-${trace.slice(1)}-${span}-01`],
    [` 00-${trace}-${span}-01`],
    [`00-${trace}-${span}-01\n`],
    [`cc-${trace}-${span}-01-${'x'.repeat(600)}`],
  ])('does not read %s', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  test('is written as it is read', () => {
    const made = newTrace();
    expect(parseTraceparent(formatTraceparent(made))).toEqual(made);
    expect(newTrace()).not.toEqual(made);
  });
});

describe('an operation', () => {
  test.each([
    ['GET', '/customers/:id', 'get.customers.id'],
    ['GET', '/', 'get'],
    ['post', '/a/:customerId/b_c-d', 'post.a.customerid.b_c-d'],
    ['GET', '/users/:id{[0-9]+}', 'get.users.id'],
    ['GET', '/users/:id(\\d+)/x', 'get.users.id.x'],
    ['GET', '/files/*', 'get.files.any'],
    ['GET', '/files/*path', 'get.files.path'],
    ['GET', '/b{/:x}', 'get.b.x'],
    ['GET', `/${'long/'.repeat(30)}`, /^get\.long(\.long)+(\.lo?n?)?$/],
    ['', '///', 'any'],
  ])('%s %s is named', (method, pattern, name) => {
    const named = operationOf(method, pattern);
    expect(named).toMatch(name);
    expect(named).toMatch(/^[a-z0-9][a-z0-9._-]{0,63}$/);
  });
});

describe('a problem document', () => {
  test('says that the log is out of reach, or that the service failed, and nothing of the error itself', () => {
    const log = problemDocument(new CaptureError('LOG_UNAVAILABLE', 'about c-1'));
    expect(log).toMatchObject({
      status: 503,
      body: { status: 503, title: 'Service Unavailable', code: 'LOG_UNAVAILABLE' },
    });
    const seen = problemDocument(new CaptureError('NOTHING_SEEN', 'about c-1'));
    expect(seen).toMatchObject({ status: 500, body: { code: 'NOTHING_SEEN' } });
    const other = problemDocument(new Error('about c-1'));
    expect(other).toMatchObject({ status: 500, body: { code: 'INTERNAL', type: 'about:blank' } });
    expect(JSON.stringify([log, seen, other])).not.toContain('c-1');
  });
});

test('a warning of one kind is given once in a while', async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error): void => void warnings.push(warning);
  process.on('warning', listen);
  const report = warn();
  for (let n = 0; n < 5; n++)
    report({ kind: 'gap', activity: 'helpdesk', message: 'an access went unlogged' });
  report({ kind: 'late', activity: undefined, message: 'an entry was late' });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listen);
  expect(warnings.map(({ message }) => message)).toEqual([
    'an access went unlogged (activity helpdesk)',
    'an entry was late',
  ]);
});
