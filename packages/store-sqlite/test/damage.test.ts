import { randomBytes } from 'node:crypto';
import { truncateSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { leafHash } from '@zegel/core';
import type { StoredEntry } from '@zegel/log/port';
import { StoreError } from '../src/index.ts';
import { someEntries } from '@zegel/testkit';
import { expect, test } from 'vitest';
import { entriesOf } from '../src/chunk-row.ts';
import { packBody } from '../src/chunk-body.ts';
import { everything, hex, logWith, newPlace, open, withoutTriggers } from './place.ts';

const suspect = ({ bytes, leafHash: stored, damage }: StoredEntry): boolean =>
  damage !== undefined || bytes === undefined || hex(leafHash(bytes)) !== hex(stored);

async function damagedBy(sql: string): Promise<StoredEntry[]> {
  const place = await newPlace();
  await logWith(place, someEntries(200));
  withoutTriggers(place, (db) => db.exec(sql));
  return everything(await open(place, 'read'));
}

test.each([
  ['a body that is no body', "UPDATE chunk SET body = x'0102' WHERE first = 64"],
  ['a length that is too great', 'UPDATE chunk SET size = 1 << 40 WHERE first = 64'],
  ['a length that is a little less', 'UPDATE chunk SET size = size - 1 WHERE first = 64'],
  ['a length that is a little more', 'UPDATE chunk SET size = size + 1 WHERE first = 64'],
  ['the length of the body as stored', 'UPDATE chunk SET size = length(body) WHERE first = 64'],
  ['another checksum', 'UPDATE chunk SET crc = crc + 1 WHERE first = 64'],
  ['another count', 'UPDATE chunk SET count = 63 WHERE first = 64'],
  ['a count of millions', 'UPDATE chunk SET count = 9000000 WHERE first = 64'],
  ['hashes cut off', 'UPDATE chunk SET hashes = substr(hashes, 1, 100) WHERE first = 64'],
  ['no hashes', "UPDATE chunk SET hashes = x'' WHERE first = 64"],
])('%s is named at the first entry of its row, and the others are given', async (_name, sql) => {
  const entries = await damagedBy(sql);
  expect(entries.find(suspect)?.index).toBe(64);
  expect(entries.find(suspect)?.damage).toBeDefined();
  expect(entries.filter(({ index }) => index < 64 || index >= 128).filter(suspect)).toEqual([]);
  expect(entries.filter(({ index }) => index < 64 || index >= 128)).toHaveLength(136);
});

test('a row that is gone is a jump in the indexes, and missing leaf hashes are refused by index', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(200));
  withoutTriggers(place, (db) => db.exec('DELETE FROM chunk WHERE first = 64'));
  const store = await open(place, 'read');
  expect((await everything(store)).map(({ index }) => index)).toEqual(
    [...Array(200).keys()].filter((n) => n < 64 || n >= 128),
  );
  await expect(store.leafHashes(10, 200)).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 64 });
  expect((await store.leafHashes(10, 64)).length).toBe(54 * 32);
});

test('entries beyond the newest checkpoint are given, so that they can be named', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(10), someEntries(5, 10));
  withoutTriggers(place, (db) => db.exec('DELETE FROM head WHERE size = 15'));
  const store = await open(place, 'read');
  expect((await store.head())?.size).toBe(10);
  expect(await everything(store)).toHaveLength(15);
});

test('a body that would unpack to gigabytes is not unpacked', () => {
  const bomb = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024));
  const row = { first: 0, count: 1, size: 65_537, crc: 0, hashes: randomBytes(32), body: bomb };
  expect(entriesOf(row, 0, 1)).toEqual([
    { index: 0, leafHash: new Uint8Array(row.hashes), bytes: undefined, damage: 'the body does not unpack' },
  ]);
});

test.each([1, 3, 64])('no change of one byte of a stored body of %i entries goes unseen', (count) => {
  const entries = someEntries(count);
  const hashes = Buffer.concat(entries.map(leafHash));
  const stored = packBody(entries);
  expect(entriesOf({ first: 0, count, hashes, ...stored }, 0, count).filter(suspect)).toEqual([]);
  for (let at = 0; at < stored.body.length; at++) {
    for (const flip of [1, 0x80, 0xff]) {
      const body = Uint8Array.from(stored.body);
      body[at] = (body[at] ?? 0) ^ flip;
      expect(entriesOf({ first: 0, count, hashes, ...stored, body }, 0, count).some(suspect)).toBe(true);
    }
  }
});

test('a row that claims more than its entries can have is not even tried', () => {
  const row = { first: 0, count: 1, size: 65_538, crc: 0, hashes: randomBytes(32), body: new Uint8Array(9) };
  expect(entriesOf(row, 0, 1)[0]?.damage).toBe('the length of the body is impossible');
});

test('rubbish in a body is never more than damage', () => {
  for (let round = 0; round < 300; round++) {
    const body = randomBytes(1 + (round % 90));
    const row = { first: 5, count: 2, size: 80, crc: 0, hashes: randomBytes(64), body };
    expect(entriesOf(row, 0, 100).map(({ index, damage }) => [index, typeof damage])[0]).toEqual([
      5,
      'string',
    ]);
  }
});

test('pruning does not write a damaged row anew', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(200));
  withoutTriggers(place, (db) => db.exec("UPDATE chunk SET body = x'0102' WHERE first = 64"));
  const store = await open(place, 'write');
  await expect(store.prune({ by: 199, ranges: [[60, 70]] })).rejects.toMatchObject({
    code: 'STORE_CORRUPT',
    index: 71,
  });
});

test('a page of rubbish in the middle of the file is an error with an index, or damage', async () => {
  const place = await newPlace();
  await logWith(place, ...Array.from({ length: 30 }, (_, n) => someEntries(64, 64 * n)));
  const file = join(place, 'log.db');
  const bytes = readFileSync(file);
  randomBytes(8 * 4096).copy(bytes, Math.floor(bytes.length / 8192) * 4096);
  writeFileSync(file, bytes);
  const store = await open(place, 'read');
  const found = await everything(store).then(
    (entries) => entries.find(suspect)?.index,
    (error: unknown) =>
      error instanceof StoreError && error.code === 'STORE_CORRUPT' ? error.index : undefined,
  );
  expect(found).toBeGreaterThan(64);
  expect((await store.inspect()).length).toBeGreaterThan(0);
});

test('a file that was cut off is an error, not a crash', async () => {
  const place = await newPlace();
  await logWith(place, ...Array.from({ length: 30 }, (_, n) => someEntries(64, 64 * n)));
  truncateSync(join(place, 'log.db'), 5 * 4096);
  const outcome = await open(place, 'read')
    .then(everything)
    .catch((error: unknown) => error);
  expect(outcome).toMatchObject({ code: 'STORE_CORRUPT' });
});
