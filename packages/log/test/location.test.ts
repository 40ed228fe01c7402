import { join, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { LogError } from '../src/errors.ts';
import { isRemote, parseLocation } from '../src/location.ts';
import { parseRegister } from '../src/register/parse.ts';
import { shortestTerms } from '../src/register/terms.ts';

afterEach(() => vi.unstubAllEnvs());

test('a folder is its own home and keeps its keys beside the log', () => {
  const dir = resolve('audit');
  const here = { url: dir, dir, keys: join(dir, 'keys'), store: '@zegel/store-sqlite', gather: 0 };
  expect(parseLocation('./audit')).toEqual(here);
  expect(parseLocation(new URL(`file://${dir}`).href)).toEqual(here);
  expect(isRemote(parseLocation('./audit'))).toBe(false);
});

test('a bucket has a home on this machine by bucket, prefix and endpoint, whatever else its URL says', () => {
  vi.stubEnv('XDG_DATA_HOME', '/data');
  vi.stubEnv('XDG_CONFIG_HOME', '/config');
  const one = parseLocation('s3://bucket/a/b?endpoint=http://127.0.0.1:9&flush=50');
  expect(one).toMatchObject({ store: '@zegel/store-s3', gather: 50 });
  expect(one.dir).toMatch(/^\/data\/zegel\/[0-9a-f]{32}$/);
  expect(one.keys).toBe(one.dir.replace('/data', '/config'));
  expect(isRemote(one)).toBe(true);
  const dirs = [
    ...[
      's3://bucket/a/b/?region=eu&endpoint=http://127.0.0.1:9',
      's3://bucket/a/b?endpoint=http://127.0.0.1:9/',
      's3://bucket/a?endpoint=http://127.0.0.1:9',
    ],
    ...['s3://bucket2/a/b?endpoint=http://127.0.0.1:9', 's3://bucket/a/b'],
  ].map((url) => parseLocation(url).dir === one.dir);
  expect(dirs).toEqual([true, true, false, false, false]);
  expect(parseLocation('s3://bucket').gather).toBe(200);
});

test.each(['', 's3:', 's3://', 's3://bucket?flush=soon', 's3://bucket?flush=-1', 'gopher://x'])(
  '%j names no log',
  (url) => {
    expect(() => parseLocation(url)).toThrow(LogError);
  },
);

test('the shortest term of an activity is that of its soonest end, and an end by an event may be at once', () => {
  const activity = {
    ...{ name: { nl: 'a', en: 'a' }, purpose: { nl: 'p', en: 'p' }, basis: 'consent', fields: ['name'] },
  } as const;
  const register = parseRegister({
    ...{
      controller: { name: 'V', contact: 'v@example' },
      date: '2026-01-01',
      persons: ['customer'],
      roles: [],
    },
    fields: { name: { nl: 'naam', en: 'name', category: 'contact' } },
    recipients: {},
    maximum: 'P2Y',
    activities: {
      one: {
        ...activity,
        retention: [
          { after: 'recorded', period: 'P1Y1M' },
          { after: 'done', period: 'P2W', then: 'P3D' },
        ],
      },
      news: { ...activity, retention: [{ until: 'unsubscribed' }] },
      long: { ...activity, retention: [{ after: 'recorded', period: 'P9Y' }] },
      open: activity,
    },
  });
  const day = 86_400_000;
  expect(shortestTerms(register)).toEqual({
    one: 17 * day,
    news: 0,
    long: 730 * day,
    open: 730 * day,
    'zegel-consultation': 730 * day,
  });
  const { maximum: _, ...unbounded } = register;
  expect(shortestTerms(unbounded as never)).toEqual({ one: 17 * day, news: 0, long: 9 * 365 * day });
});
