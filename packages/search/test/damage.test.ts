import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareIndex, IndexError, openIndex, type SearchIndex } from '../src/index.ts';
import { DamagedChunk } from '../src/segment/damaged.ts';
import { decodeSegment } from '../src/segment/decode.ts';
import { newDraft } from '../src/segment/draft.ts';
import { encodeSegment } from '../src/segment/encode.ts';
import { Terms } from '../src/segment/terms.ts';
import { soundRow } from '../src/store/segments.ts';
import { FakeLog, FakeVault } from './fake-log.ts';
import { eventArbitrary } from './reference.ts';

const SIZE = 420; // so few more are merged with it
const events = fc.sample(eventArbitrary, { numRuns: SIZE + 100, seed: 23 });
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-damage-'));
  const { log, vault } = grown();
  const index = await openIndex({ path: join(dir, 'sound.db'), log, vault, mode: 'write' });
  await index.catchUp();
  index.close();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A log of its own with the same entries each time. */
function grown(): { log: FakeLog; vault: FakeVault } {
  const vault = new FakeVault();
  const log = new FakeLog(vault);
  for (const event of events.slice(0, SIZE)) log.append(event);
  return { log, vault };
}

type Change = (db: Database.Database) => void;

function damaged(change: Change): string {
  const path = join(dir, 'damaged.db');
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  cpSync(join(dir, 'sound.db'), path);
  const db = new Database(path);
  change(db);
  db.close();
  return path;
}

async function ask(index: SearchIndex): Promise<void> {
  for (const text of ['', 'action:read -role:support', 'subject:customer:c:1', 'field:email on:2026-03-21']) {
    await index.count(text);
    const { indexes } = await index.search(text, { limit: 20 });
    await index.fetch(text, indexes);
    await index.facets(text, { names: ['action', 'actor', 'field', 'operation'] });
    await index.histogram(text, { buckets: 20 });
  }
}

/** How an index answers a reader: the code of an error, or nothing. */
async function read(path: string): Promise<string | undefined> {
  const { log, vault } = grown();
  try {
    const reader = await openIndex({ path, log, vault, mode: 'read' });
    await ask(reader).finally(() => reader.close());
    return undefined;
  } catch (error) {
    if (error instanceof IndexError) return error.code;
    throw error;
  }
}

/** Has a writer grow an index, use it and rebuild it. Returns in what it then differs. */
async function write(path: string): Promise<readonly unknown[]> {
  const { log, vault } = grown();
  const writer = await openIndex({ path, log, vault, mode: 'write' });
  await writer.catchUp();
  for (const event of events.slice(SIZE)) log.append(event); // merges, and so reads whole segments
  await writer.catchUp();
  await ask(writer);
  await writer.rebuild();
  writer.close();
  return (await compareIndex({ path, log, vault })).findings;
}

const CODES = [undefined, 'INDEX_DAMAGED', 'INDEX_MISMATCH'];

const bytes: fc.Arbitrary<Change> = fc
  .tuple(fc.nat(), fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 40 }))
  .map(([which, at, put]) => (db) => {
    const ids = db.prepare<[], number>('SELECT id FROM chunk').pluck().all();
    const id = ids[which % ids.length];
    const data = db.prepare<[unknown], Buffer>('SELECT data FROM chunk WHERE id = ?').pluck().get(id);
    if (data === undefined) return;
    data.set(put.subarray(0, data.length - (at % data.length)), at % data.length);
    db.prepare('UPDATE chunk SET data = ? WHERE id = ?').run(data, id);
  });

const TERMS = 'SELECT id, data FROM chunk WHERE id % 16777216 >= 1024';
const blob =
  (sql: string, make: (data: Buffer) => Buffer): Change =>
  (db) => {
    const put = db.prepare('UPDATE chunk SET data = ? WHERE id = ?');
    for (const { id, data } of db.prepare<[], { id: number; data: Buffer }>(sql).all())
      put.run(make(data), id);
  };
const sql =
  (text: string): Change =>
  (db) =>
    db.exec(text);
const repeated = (count: number, data: Buffer): Buffer[] => Array.from({ length: count }, () => data);
const full = Buffer.from([0, 0, 255, 255]);

it('is made anew by a writer who finds it so', async () => {
  const { log, vault } = grown();
  const path = damaged(blob(TERMS, () => Buffer.of(9)));
  const writer = await openIndex({ path, log, vault, mode: 'write' });
  await ask(writer);
  writer.close();
  expect((await compareIndex({ path, log, vault })).findings).toEqual([]);
});

it('has no segments but such as it makes', () => {
  const row = { slot: 0, first: 65_536, count: 65_536, low: 0, high: 0, bits: 8 };
  expect(soundRow(row)).toBe(row);
  for (const wrong of [{ count: 65_537 }, { count: 0 }, { first: -65_536 }, { first: 65_537 }, { bits: 9 }])
    expect(() => soundRow({ ...row, ...wrong })).toThrow(DamagedChunk);
});

it('holds no more mentions than its entries can', () => {
  const draft = newDraft(0, 3);
  draft.count = 3;
  const group = Buffer.concat([Buffer.alloc(9), Buffer.of(5, 2, 0, 0, 2, 0)]); // somebody in all three
  const chunks = (groups: number): Map<number, Uint8Array> =>
    new Map([...encodeSegment(draft).chunks, [256, Buffer.concat(repeated(groups, group))]]);
  const decode = (groups: number) =>
    decodeSegment({ ...encodeSegment(draft), chunks: chunks(groups) }, new Terms());
  expect(decode(1000).groups).toHaveLength(1000);
  expect(() => decode(1001)).toThrow(DamagedChunk);
});

it('answers or says what is wrong, whatever bytes a segment has', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 30 }), async (changes) => {
      const path = damaged((db) => changes.forEach((change) => change(db)));
      expect(CODES).toContain(await read(path));
      expect(await write(path)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

it.each<[string, Change]>([
  [
    'runs that overlap a thousand times',
    blob(TERMS, () => Buffer.concat([Buffer.of(2), ...repeated(20_000, full)])),
  ],
  [
    'lists read as runs',
    blob(TERMS, (data) => Buffer.concat([Buffer.of(2), data.subarray(1 + ((data.length - 1) % 4))])),
  ],
  [
    'persons who are everywhere',
    blob('SELECT id, data FROM chunk WHERE id % 16777216 BETWEEN 256 AND 1023', () =>
      Buffer.concat(repeated(40_000, Buffer.concat([Buffer.alloc(9), Buffer.of(5, 2), full]))),
    ),
  ],
  [
    'times without end',
    blob('SELECT id, data FROM chunk WHERE id % 16777216 = 2', (data) =>
      times(data, Number.POSITIVE_INFINITY),
    ),
  ],
  [
    'times before all time',
    blob('SELECT id, data FROM chunk WHERE id % 16777216 = 2', (data) => times(data, -1e300)),
  ],
  [
    'times that are none',
    blob('SELECT id, data FROM chunk WHERE id % 16777216 = 2', (data) => times(data, Number.NaN)),
  ],
  ['a segment of billions', sql('UPDATE segment SET count = 4000000000')],
  ['a segment far away', sql('UPDATE segment SET first = 9000000000000000')],
  ['a segment below zero', sql('UPDATE segment SET first = -5')],
  ['many buckets', sql('UPDATE segment SET bits = 40')],
  ['half an epoch', sql(`UPDATE state SET value = 1.5 WHERE name = 'epoch'`)],
  ['a claim below zero', sql(`UPDATE state SET value = -1 WHERE name = 'next'`)],
  ['another version', sql('PRAGMA user_version = 7')],
])('answers or says what is wrong: %s', async (_name, change) => {
  const path = damaged(change);
  expect(CODES).toContain(await read(path));
  expect(await write(path)).toEqual([]);
});

function times(data: Buffer, base: number): Buffer {
  data.writeDoubleLE(base, 0);
  return data;
}
