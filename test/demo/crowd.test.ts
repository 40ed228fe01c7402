import { expect, test } from 'vitest';
import { differences } from './compare.ts';
import { checkCrowd } from './crowd-against-demo.ts';
import type { Logged } from './logged.ts';

test('40 users for 5 s: what each was shown is in the log, and nothing else is', async () => {
  const seen = await checkCrowd(5);
  expect(seen.length).toBeGreaterThan(200);
});

test('the comparison finds what is missing, wrong or too much', () => {
  const seen = { trace: 't', who: 'employee e-1', path: '/customers', status: 200, persons: ['c-10001'] };
  const entry: Logged = {
    ...{ index: 2, trace: 't', who: 'employee e-1', persons: ['c-10001'], operation: 'get.customers' },
    ...{ outcome: 'success', flags: [] },
  };
  const count = (one: Partial<typeof seen>, other: Partial<Logged>): number =>
    differences([{ ...seen, ...one }], [{ ...entry, ...other }]).length;
  expect(count({}, {})).toBe(0);
  expect(count({ status: 403 }, { outcome: 'denied', persons: [] })).toBe(1); // somebody was shown all the same
  expect(count({ status: 403, persons: [] }, { outcome: 'denied' })).toBe(0);
  expect(count({ persons: ['c-10002'] }, {})).toBe(1);
  expect(count({}, { trace: 'u' })).toBe(2);
  expect(count({}, { who: 'employee e-2' })).toBe(2);
  expect(count({}, { outcome: 'error' })).toBe(1);
  expect(count({ status: 403, persons: [] }, {})).toBe(1);
  expect(count({ status: 503, persons: [] }, { trace: 't' })).toBe(1);
  expect(count({}, { flags: ['undeclared'] })).toBe(1);
});
