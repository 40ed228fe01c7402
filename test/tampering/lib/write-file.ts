import { crc32 } from 'node:zlib';
import { CompactRange, parseUuid } from '@zegel/core';
import type Database from 'better-sqlite3';
import type { Loose, Loot } from './loot.ts';
import { inFile } from './raw.ts';

const ROW = 64;

/** Writes it all to the log's file, with tables that agree with it. */
export function writeFile(loot: Loot, dir: string): void {
  inFile(dir, (db) => {
    for (const table of ['chunk', 'head', 'id', 'subtree']) db.exec(`DELETE FROM ${table}`);
    writeEntries(loot, db);
    const head = db.prepare('INSERT INTO head (size, control, root, signatures) VALUES (?, ?, ?, ?)');
    for (const { size, root, signatures } of loot.heads)
      head.run(size, loot.control(Math.min(size, loot.size))?.index ?? 0, root, signatures);
  });
}

function writeEntries(loot: Loot, db: Database.Database): void {
  const chunk = db.prepare(
    'INSERT INTO chunk (first, count, size, crc, hashes, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const id = db.prepare('INSERT OR IGNORE INTO id (id, part, idx) VALUES (?, ?, ?)');
  const subtree = db.prepare('INSERT INTO subtree (level, n, hash) VALUES (?, ?, ?)');
  const tree = CompactRange.empty();
  for (let first = 0; first < loot.size; first += ROW) {
    const rows = loot.entries.slice(first, first + ROW);
    const body = framed(rows);
    chunk.run(first, rows.length, body.length, crc32(body), Buffer.concat(rows.map((r) => r.leaf)), body);
  }
  loot.entries.forEach(({ bytes, leaf }, index) => {
    const row = bytes === undefined ? undefined : idOf(bytes);
    if (row !== undefined) id.run(row.id, row.part, index);
    tree.append(leaf, (level, n, hash) => subtree.run(level, n, hash));
  });
}

function framed(rows: readonly Loose[]): Uint8Array {
  return Buffer.concat(
    rows.flatMap(({ bytes = new Uint8Array(0) }) => [
      Uint8Array.of(bytes.length >> 8, bytes.length & 0xff),
      bytes,
    ]),
  );
}

function idOf(bytes: Uint8Array): { id: Uint8Array; part: number } | undefined {
  try {
    const { id, part } = JSON.parse(Buffer.from(bytes).toString()) as {
      id: string;
      part?: { number: number };
    };
    return { id: parseUuid(id), part: part?.number ?? 0 };
  } catch {
    return undefined; // not an entry any more, which is what the thief wanted
  }
}
