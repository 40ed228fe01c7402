import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogStore } from '@zegel/log/port';
import { batchAfter, someEntries } from '@zegel/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { writeAccess } from '../src/access.ts';
import { openStore } from '../src/open-store.ts';
import { SqliteStore } from '../src/sqlite-store.ts';
import { everything, logWith, newPlace, open } from './place.ts';

const append = (store: LogStore, count: number) =>
  store.commit((view) => batchAfter(view, someEntries(count, view.size, 800)));

async function fill(store: LogStore): Promise<unknown> {
  for (;;) {
    const error = await append(store, 100).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    if (error !== undefined) return error;
  }
}

async function mountSmall(context: { skip(reason: string): void }): Promise<string> {
  const place = await newPlace();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    context.skip('needs the right to mount a small file system');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', place]));
  return place;
}

test('a full disk refuses the commit, and the log stays good', async (context) => {
  const place = await mountSmall(context);
  const store = await openStore(join(place, 'log'), { mode: 'create' });
  expect(await fill(store)).toMatchObject({ code: 'STORE_FULL' });
  const size = (await store.head())?.size;
  expect(await everything(store)).toHaveLength(size ?? -1);
  expect(await store.inspect()).toEqual([]);
  await store.close();
  const again = await openStore(join(place, 'log'), { mode: 'read' });
  expect(await everything(again)).toHaveLength(size ?? -1);
  await again.close();
});

test('when there is room again, the same store goes on', async (context) => {
  const place = await mountSmall(context);
  mkdirSync(join(place, 'log'));
  writeFileSync(join(place, 'ballast'), new Uint8Array(600_000));
  const store = await openStore(join(place, 'log'), { mode: 'create' });
  expect(await fill(store)).toMatchObject({ code: 'STORE_FULL' });
  const size = (await store.head())?.size ?? 0;
  rmSync(join(place, 'ballast'));
  await append(store, 100);
  expect(await everything(store)).toHaveLength(size + 100);
  expect(await store.inspect()).toEqual([]);
  await store.close();
});

test('a log that can not be made on a full disk leaves nothing', async (context) => {
  const place = await mountSmall(context);
  writeFileSync(join(place, 'ballast'), new Uint8Array(2 * 1024 * 1024 - 12 * 1024));
  await expect(openStore(join(place, 'log'), { mode: 'create' })).rejects.toMatchObject({
    code: 'STORE_FULL',
  });
  expect(readdirSync(join(place, 'log'))).toEqual([]);
});

test('a file that may not grow refuses the commit whole, with ids and checkpoint', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(100));
  const access = writeAccess(join(place, 'log.db'));
  access.use(({ db }) => db.pragma('max_page_count = 60'));
  const store = new SqliteStore(access, 1000);
  onTestFinished(() => store.close());
  expect(await fill(store)).toMatchObject({ code: 'STORE_FULL' });
  const size = (await store.head())?.size ?? 0;
  access.use(({ db }) => db.pragma('max_page_count = 1000000'));
  await append(store, 100);
  const other = await open(place, 'read');
  expect(await everything(other)).toHaveLength(size + 100);
  expect(await other.inspect()).toEqual([]);
});
