import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { inspectEntry, leafHash } from '@zegel/core';
import { verifyLog } from '@zegel/log';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Loose, Loot } from './lib/loot.ts';
import { inFile } from './lib/raw.ts';
import { makeSmallLog } from './lib/small-log.ts';
import { Walk } from './lib/walk.ts';

/**
 * Every byte of a log of 64 entries. All 255 other values of each would take minutes and tell nothing more: what finds a
 * changed body is its hash. So each byte is given the eight values that differ from it in one bit, and one at random;
 * through the whole checker goes one with the leaf hash as it was and one with the leaf hash made to fit. In the leaf
 * hashes all 255 are cheap. Of one entry in four, unless all are asked for.
 */
const isWhole = process.env['ZEGEL_TEST_WHOLE'] !== undefined;
const SHARE = isWhole ? 1 : 4;
let dir: string;
let loot: Loot;
let walk: Walk;

beforeAll(async () => {
  dir = await makeSmallLog();
  loot = await Loot.read(dir);
  walk = new Walk(loot.entries, loot.heads);
});

afterAll(() => {
  rmSync(dirname(dir), { recursive: true, force: true });
});

it('starts from a sound log of 64 entries', async () => {
  expect(loot.size).toBe(64);
  expect([...walk.past(loot.size)]).toEqual([]);
  expect(await verifyLog(dir)).toMatchObject({ ok: true, warnings: [] });
});

it('every changed bit of every entry is found by its leaf hash', () => {
  const missed: string[] = [];
  let tried = 0;
  for (const { bytes, leaf, index } of bodies()) {
    for (let at = 0; at < bytes.length; at++) {
      for (const by of [1, 2, 4, 8, 16, 32, 64, 128, anyChange()]) {
        const { problems } = inspectEntry(changed(bytes, at, by), leaf);
        tried++;
        if (problems[0]?.code !== 'leaf-hash') missed.push(`${index}:${at} by ${by}`);
      }
    }
  }
  expect(missed).toEqual([]);
  expect(tried).toBe(9 * bodies().reduce((sum, { bytes }) => sum + bytes.length, 0));
});

it('every changed byte of every entry is named with its entry', () => {
  const missed: string[] = [];
  for (const { bytes, leaf, index } of bodies()) {
    for (let at = 0; at < bytes.length; at++) {
      const told = walk.past(index, inspectEntry(changed(bytes, at, 1), leaf));
      if (!told.has(`leaf-hash@${index}`)) missed.push(`${index}:${at}`);
    }
  }
  expect(missed).toEqual([]);
});

it('every changed byte of every entry is found when its leaf hash is made to fit', () => {
  const missed: string[] = [];
  for (const { bytes, index } of bodies()) {
    const expected = index + 1 < loot.size ? `prev-broken@${index + 1}` : `root-mismatch@${before(index)}`;
    for (let at = 0; at < bytes.length; at++) {
      const by = anyChange();
      const forged = changed(bytes, at, by);
      const told = walk.past(index, inspectEntry(forged, leafHash(forged)));
      if (!told.has(expected)) missed.push(`${index}:${at} by ${by}`);
    }
  }
  expect(missed).toEqual([]);
});

it('every other value of every byte of every leaf hash is found', () => {
  const missed: string[] = [];
  for (const { bytes, leaf, index } of bodies()) {
    for (let at = 0; at < leaf.length; at++) {
      for (let by = 1; by < 256; by++) {
        const inspection = inspectEntry(bytes, changed(leaf, at, by));
        const found = inspection.problems[0]?.code === 'leaf-hash';
        const named = by > 2 || walk.past(index, inspection).has(`leaf-hash@${index}`);
        if (!found || !named) missed.push(`${index}:${at} by ${by}`);
      }
    }
  }
  expect(missed).toEqual([]);
});

it('changed bytes are found in the file', async () => {
  const missed: string[] = [];
  for (let n = 0; n < 300 / SHARE; n++) {
    const index = n % loot.size;
    const place = n % 3 === 0 ? 'hashes' : 'body';
    const length = place === 'hashes' ? 32 : (loot.entry(index).bytes?.length ?? 0);
    const at = Math.floor(Math.random() * length);
    const by = anyChange();
    flipInFile(place, index, at, by);
    const { failures } = await verifyLog(dir);
    flipInFile(place, index, at, by);
    // Of a changed hash the checkpoint tells as well, by the first entry that it covers.
    const named = failures.some((found) => found.code === 'leaf-hash' && found.index === index);
    const earlier = failures.some((found) => (found.index ?? 0) < index && found.code !== 'root-mismatch');
    if (!named || earlier) missed.push(`${place} of ${index}: ${at} by ${by}: ${JSON.stringify(failures)}`);
  }
  expect(missed).toEqual([]);
  expect(await verifyLog(dir)).toMatchObject({ ok: true });
});

function bodies(): readonly (Loose & { readonly bytes: Uint8Array; readonly index: number })[] {
  return loot.entries.flatMap(({ bytes, leaf }, index) =>
    bytes === undefined || (index + 1) % SHARE > 0 ? [] : [{ bytes, leaf, index }],
  );
}

function changed(bytes: Uint8Array, at: number, by: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ by;
  return copy;
}

function anyChange(): number {
  return 1 + Math.floor(Math.random() * 255);
}

/** Size of the last head that does not cover the entry. */
function before(index: number): number {
  return loot.heads.findLast(({ size }) => size <= index)?.size ?? 0;
}

/** Changes a byte of the first row, which holds everything; its checksum is made to fit. */
function flipInFile(column: 'body' | 'hashes', index: number, at: number, by: number): void {
  inFile(dir, (db) => {
    const row = db.prepare<[], { body: Buffer; hashes: Buffer }>('SELECT body, hashes FROM chunk').get();
    if (row === undefined) throw new Error('the log has no entries');
    let start = 32 * index;
    if (column === 'body') {
      start = 2;
      for (const { bytes } of loot.entries.slice(0, index)) start += 2 + (bytes?.length ?? 0);
    }
    const blob = row[column];
    blob[start + at] = (blob[start + at] ?? 0) ^ by;
    db.prepare('UPDATE chunk SET body = ?, hashes = ?, crc = ?').run(row.body, row.hashes, crc32(row.body));
  });
}
