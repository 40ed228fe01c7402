import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareIndex, IndexError, openIndex } from '../src/index.ts';
import { type FakeEvent, FakeLog, FakeVault } from './fake-log.ts';
import { eventArbitrary } from './reference.ts';

let dir: string;
let path: string;
let log: FakeLog;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-compare-'));
  path = join(dir, 'index.db');
  log = new FakeLog(new FakeVault());
  const events = fc.sample(eventArbitrary, { numRuns: 90, seed: 11 });
  const index = await openIndex({ path, log, vault: log.vault, mode: 'write' });
  for (const event of events) {
    log.append(event);
    if (log.entries.length === 70) await index.catchUp();
  }
  await index.catchUp();
  index.close();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const compare = async (): Promise<readonly { code: string; index?: number }[]> =>
  (await compareIndex({ path, log, vault: log.vault })).findings;

function edit(change: (db: Database.Database) => void): void {
  const db = new Database(path);
  change(db);
  db.close();
}

describe('compareIndex', () => {
  it('finds every flipped byte of every chunk', { timeout: 60_000 }, async () => {
    const db = new Database(path);
    const rows = db.prepare<[], { id: number; data: Buffer }>('SELECT id, data FROM chunk').all();
    const put = db.prepare('UPDATE chunk SET data = ? WHERE id = ?');
    expect(rows.length).toBeGreaterThan(80);
    for (const { id, data } of rows) {
      const copy = Buffer.from(data);
      const at = (id * 7919) % copy.length;
      copy[at] = (copy[at] ?? 0) ^ (1 << (id % 8));
      put.run(copy, id);
      expect(await compare(), `chunk ${id} byte ${at}`).toMatchObject([{ code: 'index-differs' }]);
      put.run(data, id);
    }
    db.close();
    expect(await compare()).toEqual([]);
  });

  it.each([
    ['a chunk removed', 'DELETE FROM chunk WHERE id = (SELECT max(id) FROM chunk)'],
    [
      'a chunk copied to another key',
      'INSERT INTO chunk SELECT id + 77, data FROM chunk ORDER BY id DESC LIMIT 1',
    ],
    ['a chunk of no segment', `INSERT INTO chunk VALUES (9000000000, x'01')`],
    ['a segment removed', 'DELETE FROM segment WHERE first = (SELECT max(first) FROM segment)'],
    ['a segment moved', 'UPDATE segment SET first = first + 1'],
    ['a segment shortened', 'UPDATE segment SET count = count - 1'],
    ['times of a segment narrowed', 'UPDATE segment SET high = low'],
    ['buckets of a segment changed', 'UPDATE segment SET bits = bits + 1'],
    [
      'two terms swapped',
      `UPDATE term SET value = CASE value WHEN 'read' THEN 'export' ELSE 'read' END WHERE value IN ('read', 'export')`,
    ],
    ['a term renamed', `UPDATE term SET value = 'x' WHERE value = 'read'`],
    ['a term removed', 'DELETE FROM term WHERE id = 3'],
    ['a term of another attribute', 'UPDATE term SET attribute = 10 WHERE id = 3'],
    ['a term of no attribute', 'UPDATE term SET attribute = 99 WHERE id = 3'],
    ['a longer claim', `UPDATE state SET value = value + 1 WHERE name = 'next'`],
    ['a shorter claim', `UPDATE state SET value = value - 1 WHERE name = 'next'`],
    ['another leaf', `UPDATE state SET value = zeroblob(32) WHERE name = 'leaf'`],
    ['another origin', `UPDATE state SET value = 'x' WHERE name = 'origin'`],
    ['another vault', `UPDATE state SET value = zeroblob(16) WHERE name = 'vault'`],
    ['no state', 'DELETE FROM state'],
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON chunk BEGIN DELETE FROM term; END'],
    ['a table', 'CREATE TABLE extra (x)'],
    ['a table dropped', 'DROP TABLE term'],
    ['another version', 'PRAGMA user_version = 9'],
  ])('finds %s', async (_name, sql) => {
    edit((db) => db.exec(sql));
    const findings = await compare();
    expect(findings.map((finding) => finding.code)).toContain('index-differs');
  });

  it('names the first entry concerned', async () => {
    const position = log.entries.findIndex((entry) => entry.event.action === 'export');
    const entry = log.entries[position];
    const text = entry?.bytes?.toString().replace('"action":"export"', '"action":"read"') ?? '';
    if (entry !== undefined) entry.bytes = Buffer.from(text);
    expect(await compare()).toMatchObject([{ code: 'index-differs', index: position }]);
  });

  it('checks all but persons without a vault', async () => {
    const bare = async () => (await compareIndex({ path, log })).findings;
    expect(await bare()).toEqual([]);
    edit((db) => db.exec('DELETE FROM chunk WHERE id % 16777216 = 16'));
    expect(await bare()).toMatchObject([{ index: 0 }, { index: 70 }]);
  });

  it('goes on in parts, and compares everything once a part differs', async () => {
    const part = (from: number) =>
      compareIndex({ path, log, vault: log.vault, part: { from, more: () => false } });
    const end = (await compareIndex({ path, log, vault: log.vault })).covered;
    expect(await part(0)).toEqual({ findings: [], covered: 70, next: 70 });
    expect(await part(70)).toEqual({ findings: [], covered: end, next: 0 });
    expect(await part(end)).toEqual({ findings: [], covered: end, next: 0 });
    edit((db) => db.exec('UPDATE segment SET high = low WHERE first = 70'));
    expect((await part(0)).findings).toEqual([]);
    expect(await part(70)).toMatchObject({ findings: [{ index: 70 }], covered: end });
  });

  it('lets nothing through that a search would show', async () => {
    const text = 'action:read';
    const wrong = log.entries.findIndex((entry) => entry.event.action !== 'read');
    const index = await openIndex({ path, log, vault: log.vault, mode: 'read' });
    const fetched = await index.fetch(text, [wrong] as never);
    expect(fetched).toMatchObject({ entries: [], findings: [{ code: 'index-differs', index: wrong }] });
    expect((await index.fetch(text, [100_000] as never)).findings).toHaveLength(1);
    index.close();
  });

  it('tells a file that is no database', async () => {
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    writeFileSync(path, 'not a database at all, but long enough to be read as one'.repeat(50));
    expect(await compare()).toMatchObject([{ code: 'index-differs' }]);
    rmSync(path);
    await expect(compare()).rejects.toThrow(IndexError);
  });
});

describe('a damaged index', () => {
  const open = (mode: 'write' | 'read') => openIndex({ path, log, vault: log.vault, mode });

  it('says so when searched, and is healed by following', async () => {
    edit((db) =>
      db.exec(`UPDATE chunk SET data = x'09' WHERE id % 16777216 >= 1024 OR id % 16777216 BETWEEN 16 AND 30`),
    );
    const reader = await open('read');
    await expect(reader.search('action:read')).rejects.toMatchObject({ code: 'INDEX_DAMAGED' });
    reader.close();
    const writer = await open('write');
    for (let i = 0; i < 450; i++) log.append(log.entries[i % 90]?.event as FakeEvent); // merges, and so reads what is damaged
    await writer.catchUp();
    writer.close();
    expect(await compare()).toEqual([]);
  });

  it('is begun anew when it is no database', async () => {
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    writeFileSync(path, Buffer.alloc(20_000, 1));
    await expect(open('read')).rejects.toMatchObject({ code: 'INDEX_DAMAGED' });
    const writer = await open('write');
    await writer.catchUp();
    writer.close();
    expect(await compare()).toEqual([]);
  });
});
