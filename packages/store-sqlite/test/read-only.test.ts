import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { batchAfter, someEntries } from '@zegel/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../src/open-store.ts';
import { everything, logWith, newPlace, open } from './place.ts';

const append = async (place: string, count: number): Promise<void> => {
  const store = await openStore(place, { mode: 'write' });
  await store.commit((view) => batchAfter(view, someEntries(count, view.size)));
  await store.close();
};

function stateOf(place: string): string[] {
  return readdirSync(place).map((name) => {
    const stat = statSync(join(place, name), { bigint: true });
    return `${name} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
  });
}

/** A read-only medium with what `prepare` puts there. */
async function readOnlyMedium(
  context: { skip(reason: string): void },
  prepare: (place: string) => Promise<void>,
): Promise<string> {
  const place = await newPlace();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    context.skip('needs the right to mount a file system');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', place]));
  await prepare(place);
  execFileSync('mount', ['-o', 'remount,ro', place]);
  return place;
}

function copyFiles(from: string, to: string, names: readonly string[]): void {
  for (const name of names) copyFileSync(join(from, name), join(to, name));
}

test('a log at rest needs no WAL', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(3));
  expect(readdirSync(place)).toEqual(['log.db']);
  // The bytes of the header that say how it is written; 2 would be with a WAL.
  expect([...readFileSync(join(place, 'log.db')).subarray(18, 20)]).toEqual([1, 1]);
});

test('reading a log at rest makes and changes no file', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(100));
  const before = stateOf(place);
  const store = await open(place, 'read');
  expect(await everything(store)).toHaveLength(100);
  expect(await store.inspect()).toEqual([]);
  expect(stateOf(place)).toEqual(before);
  await store.close();
  expect(stateOf(place)).toEqual(before);
});

test('a reader refuses to write', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(3));
  const store = await open(place, 'read');
  const commit = store.commit((view) => batchAfter(view, someEntries(1)));
  await expect(commit).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  await expect(store.prune({ by: 2, ranges: [[0, 0]] })).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
});

test('a reader sees the commits of writers that come and go after it', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(3));
  const reader = await open(place, 'read');
  for (const size of [13, 23, 33]) {
    const grown = reader.grown(size - 1);
    await append(place, 10);
    await grown;
    expect(await everything(reader)).toHaveLength(size);
  }
});

test('a copy of log.db alone, taken while a writer runs, is read, and followed when it gets a writer of its own', async () => {
  const [place, other] = [await newPlace(), await newPlace()];
  const writer = await open(place, 'create');
  await writer.commit((view) => batchAfter(view, someEntries(100)));
  await writer.prune({ by: 99, ranges: [[5, 5]] });
  await writer.commit((view) => batchAfter(view, someEntries(10, 100)));
  copyFiles(place, other, ['log.db']);
  const before = stateOf(other);
  const reader = await open(other, 'read');
  // What the WAL had is not in the file yet.
  expect(await everything(reader)).toHaveLength(100);
  expect(stateOf(other)).toEqual(before);
  const grown = reader.grown(100);
  await append(other, 7);
  await grown;
  expect(await everything(reader)).toHaveLength(107);
});

test('on a read-only medium a log at rest can be read and not written', async (context) => {
  const place = await readOnlyMedium(context, (medium) => logWith(medium, someEntries(100)));
  const store = await open(place, 'read');
  expect(await everything(store)).toHaveLength(100);
  expect(await store.inspect()).toEqual([]);
  await expect(openStore(place, { mode: 'write' })).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  await expect(openStore(join(place, 'new'), { mode: 'create' })).rejects.toMatchObject({
    code: 'STORE_READ_ONLY',
  });
});

test.for([
  ['log.db alone', ['log.db'], 100],
  ['with its WAL', ['log.db', 'log.db-wal'], 110],
  ['with its WAL and the index of it', ['log.db', 'log.db-wal', 'log.db-shm'], 110],
] as const)('on a read-only medium a log left by a crash is read: %s', async ([, names, size], context) => {
  const crashed = await newPlace();
  const writer = await open(crashed, 'create');
  await writer.commit((view) => batchAfter(view, someEntries(100)));
  await writer.prune({ by: 99, ranges: [[5, 5]] });
  await writer.commit((view) => batchAfter(view, someEntries(10, 100)));
  const place = await readOnlyMedium(context, (medium) => {
    copyFiles(crashed, medium, names);
    return Promise.resolve();
  });
  const bytes = readFileSync(join(place, 'log.db'));
  const store = await open(place, 'read');
  expect(await everything(store)).toHaveLength(size);
  expect(await store.inspect()).toEqual([]);
  expect(readFileSync(join(place, 'log.db')).equals(bytes)).toBe(true);
  expect(readdirSync(place).sort()).toEqual([...names].sort());
});

test('a log whose medium became read-only refuses writers and serves readers', async (context) => {
  const place = await readOnlyMedium(context, (medium) => logWith(medium, someEntries(5)));
  execFileSync('mount', ['-o', 'remount,rw', place]);
  const store = await openStore(place, { mode: 'write' });
  await store.commit((view) => batchAfter(view, someEntries(1)));
  await store.close();
  execFileSync('mount', ['-o', 'remount,ro', place]);
  await expect(openStore(place, { mode: 'write' })).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  expect(await everything(await open(place, 'read'))).toHaveLength(6);
});
