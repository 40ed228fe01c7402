import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { someEntries } from '@zegel/testkit';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openStore } from '../src/open-store.ts';
import { bySql, everything, logWith, newPlace, open } from './place.ts';

test('a log is made once, in folders that need not be there', async () => {
  const place = join(await newPlace(), 'a', 'b c');
  await open(place, 'create');
  await expect(openStore(place, { mode: 'create' })).rejects.toMatchObject({ code: 'STORE_EXISTS' });
  expect(readdirSync(place).filter((name) => !name.startsWith('log.db'))).toEqual([]);
});

test('of two who make a log at once one wins', async () => {
  const place = await newPlace();
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => open(place, 'create')));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test.each(['write', 'read'] as const)(
  'a log that is not there is STORE_NOT_FOUND (%s), and is not made',
  async (mode) => {
    const place = await newPlace();
    await expect(openStore(place, { mode })).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    expect(readdirSync(place)).toEqual([]);
  },
);

test('a folder that is a file is STORE_IO', async () => {
  const place = await newPlace();
  writeFileSync(join(place, 'file'), '');
  await expect(openStore(join(place, 'file'), { mode: 'create' })).rejects.toMatchObject({
    code: 'STORE_IO',
  });
});

test.each(['write', 'read'] as const)('other files are STORE_CORRUPT (%s)', async (mode) => {
  const place = await newPlace();
  for (const [name, content] of [
    ['empty', ''],
    ['text', 'not a database, but long enough to have a header'.repeat(99)],
  ] as const) {
    mkdirSync(join(place, name));
    writeFileSync(join(place, name, 'log.db'), content);
    await expect(openStore(join(place, name), { mode })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  }
  const other = new Database(join(place, 'log.db'));
  other.exec('CREATE TABLE t (a)');
  other.close();
  await expect(openStore(place, { mode })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
});

test('a log of a later layout is STORE_VERSION', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(1));
  bySql(place, (db) => db.pragma('user_version = 2'));
  await expect(openStore(place, { mode: 'write' })).rejects.toMatchObject({ code: 'STORE_VERSION' });
  await expect(openStore(place, { mode: 'read' })).rejects.toMatchObject({ code: 'STORE_VERSION' });
});

test('a log without its mark can be read, so that this is named, and not written', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(3));
  bySql(place, (db) => db.pragma('application_id = 1'));
  await expect(openStore(place, { mode: 'write' })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  const store = await open(place, 'read');
  expect(await everything(store)).toHaveLength(3);
  expect(await store.inspect()).toEqual([expect.stringMatching(/application id is 1/)]);
});

test('a writer that waits too long gets STORE_BUSY, and can go on when the lock is free', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(1));
  const store = await open(place, 'write', 30);
  const other = new Database(join(place, 'log.db'));
  other.exec('BEGIN IMMEDIATE');
  await expect(store.commit(() => undefined)).rejects.toMatchObject({ code: 'STORE_BUSY' });
  expect(await everything(store)).toHaveLength(1);
  other.exec('ROLLBACK');
  other.close();
  expect(await store.commit(() => undefined)).toBeUndefined();
});

test('a commit within a commit is our own mistake', async () => {
  const store = await open(await newPlace(), 'create');
  let inner: Promise<unknown> | undefined;
  await store.commit(() => {
    inner = store.commit(() => undefined);
    inner.catch(() => undefined);
    return undefined;
  });
  await expect(inner).rejects.toThrow(/does not contain another/);
});
