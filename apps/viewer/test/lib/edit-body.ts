import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import Database from 'better-sqlite3';
import type { Stage } from './stage.ts';

/** Edits the stored body of an entry behind the log's back, as somebody with the file can, while the viewer runs. */
export async function editBody(
  { log, dir }: Stage,
  index: number,
  edit: (text: string) => string,
): Promise<void> {
  const db = new Database(join(dir, 'log.db'));
  const row = db
    .prepare<[number], { first: number; count: number }>(
      'SELECT first, count FROM chunk WHERE first <= ? ORDER BY first DESC',
    )
    .get(index);
  if (row === undefined) throw new Error(`no chunk of ${index}`);
  const bodies: Buffer[] = [];
  for await (const chunk of log.read(row.first, row.first + row.count))
    for (const entry of chunk) {
      const text = Buffer.from(entry.bytes ?? '').toString();
      bodies.push(Buffer.from(entry.index === index ? edit(text) : text));
    }
  const body = Buffer.concat(
    bodies.flatMap((each) => [Buffer.from([each.length >> 8, each.length & 0xff]), each]),
  );
  for (const name of db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all())
    db.exec(`DROP TRIGGER ${String(name)}`);
  db.prepare('UPDATE chunk SET size = ?, crc = ?, body = ? WHERE first = ?').run(
    body.length,
    crc32(body),
    body,
    row.first,
  );
  db.close();
}
