import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { captureSqlite } from '../src/sqlite/capture-sqlite.ts';
import { type Case, expressions, reads, writes } from './cases.ts';
import { recording, schema, told } from './sample.ts';

const archive = `
  ATTACH ':memory:' AS archive;
  CREATE TABLE archive.letters (id INTEGER PRIMARY KEY, customer_id TEXT, body TEXT);
  INSERT INTO archive.letters VALUES (1, 'c-2', 'dear');
`;

const raw = new Database(':memory:');
raw.exec(schema + archive);
const capture = recording();
const db = captureSqlite(raw, { capture, expressions });

function check({ sql, values = [], persons, fields, refused, operation }: Case): void {
  const run = (): unknown => {
    const statement = db.prepare(sql);
    return statement.reader ? statement.all(values) : statement.run(values);
  };
  if (refused !== undefined) expect(run).toThrow(expect.objectContaining({ code: refused }));
  else {
    run();
    expect(told(capture)).toEqual({ persons: persons ?? '', fields: fields ?? '' });
  }
  if (operation !== undefined) expect(capture.seen[0]?.operation).toBe(operation);
  if (persons === undefined && refused === undefined) expect(capture.seen).toEqual([]);
}

describe('better-sqlite3, statements', () => {
  it.each(reads.filter(({ only }) => only !== 'postgres'))('reads: $name', (each) => {
    capture.seen.length = 0;
    check(each);
  });

  it.each(writes.filter(({ only }) => only !== 'postgres'))('writes: $name', (each) => {
    capture.seen.length = 0;
    raw.exec('BEGIN');
    const before = raw.prepare('SELECT * FROM customers').all();
    try {
      check(each);
      if (each.refused !== undefined) expect(raw.prepare('SELECT * FROM customers').all()).toEqual(before);
    } finally {
      raw.exec('ROLLBACK');
    }
  });
});
