import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCode, event, logWith, ndjson, objects, sizeOf, zegel } from './zegel.ts';

/** An access of a route, as entry `n + 2` of a log of nothing else. */
const route = (operation: string): unknown => event({ operation, occurred: '2026-11-22T12:00:00.000Z' });

const behind = (
  of: number | undefined,
  operation: string,
  fields: readonly string[],
  occurred: string,
): unknown => event({ operation, fields, occurred, flags: ['undeclared'], ...(of !== undefined && { of }) });

async function someLog(): Promise<string> {
  const log = await logWith(route('get.customers.id'), route('get.orders.id'));
  const more = ndjson(
    behind(2, 'select.customers', ['phone'], '2026-11-22T12:00:01.000Z'),
    behind(2, 'select.customers', ['address'], '2026-11-22T12:00:09.000Z'),
    behind(2, 'select.customers', ['phone'], '2026-11-22T12:00:05.000Z'),
    behind(3, 'select.orders', ['order'], '2026-11-22T12:00:06.000Z'),
    behind(undefined, 'select.orders', ['order'], '2026-11-22T12:00:07.000Z'),
    event({ flags: ['unknown-subjects'], of: 2 }),
  );
  const { status } = await zegel(['append', '--log', log], { stdin: more });
  expect(status).toBe(0);
  return log;
}

test('reconcile lists what was undeclared per route and query, and appends nothing', async () => {
  const log = await someLog();
  const { status, out, err } = await zegel(['reconcile', '--log', log, '--json']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const group = { service: 'dashboard', activity: 'general' };
  expect(objects(out)).toEqual([
    {
      ...group,
      route: 'get.customers.id',
      query: 'select.customers',
      fields: ['address', 'phone'],
      count: 3,
      last: '2026-11-22T12:00:09.000Z',
      index: 5,
    },
    {
      ...group,
      route: null,
      query: 'select.orders',
      fields: ['order'],
      count: 1,
      last: '2026-11-22T12:00:07.000Z',
      index: 8,
    },
    {
      ...group,
      route: 'get.orders.id',
      query: 'select.orders',
      fields: ['order'],
      count: 1,
      last: '2026-11-22T12:00:06.000Z',
      index: 7,
    },
  ]);
  expect(await sizeOf(log)).toBe(10);
});

test('reconcile tells it in a table, narrowed by a query', async () => {
  const log = await someLog();
  const { out } = await zegel(['reconcile', '--log', log, 'operation:select.orders', '--tz', 'UTC']);
  expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['count', 'last', 'index', 'service', 'route', 'query', 'activity', 'fields'],
    ['1', '2026-11-22 12:00:07', '8', 'dashboard', '-', 'select.orders', 'general', 'order'],
    ['1', '2026-11-22 12:00:06', '7', 'dashboard', 'get.orders.id', 'select.orders', 'general', 'order'],
    [''],
  ]);
  expect((await zegel(['reconcile', '--log', log, 'field:email'])).out).toBe('nothing undeclared\n');
  const bad = await zegel(['reconcile', '--log', log, 'action:nonsense']);
  expect([bad.status, errorCode(bad.err)]).toEqual([2, 'QUERY_INVALID']);
});

test('reconcile needs no keys', async () => {
  const log = await someLog();
  renameSync(join(log, 'keys'), join(log, 'elsewhere'));
  const { status, out } = await zegel(['reconcile', '--log', log, '--json']);
  expect({ status, groups: objects(out).length }).toEqual({ status: 0, groups: 3 });
});
