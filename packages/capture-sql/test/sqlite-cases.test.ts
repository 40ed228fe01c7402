import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

function run({ sql, values = [] }: Case): unknown {
  const statement = db.prepare(sql);
  return statement.reader ? statement.all(values) : statement.run(values);
}

const customers = (): unknown => raw.prepare('SELECT * FROM customers').all();

describe('better-sqlite3, statements', () => {
  beforeEach(() => {
    capture.seen.length = 0;
    raw.exec('BEGIN');
  });
  afterEach(() => {
    raw.exec('ROLLBACK');
  });

  const cases = [...reads, ...writes].filter(({ only }) => only !== 'postgres');

  it.each(cases.filter(({ refused }) => refused === undefined))('told: $name', (each) => {
    run(each);
    expect(told(capture)).toEqual({ persons: each.persons ?? '', fields: each.fields ?? '' });
    expect(capture.seen.length > 0).toBe(each.persons !== undefined);
    expect([undefined, capture.seen[0]?.operation]).toContain(each.operation);
  });

  it.each(cases.filter(({ refused }) => refused !== undefined))('refused: $name', (each) => {
    const before = customers();
    expect(() => run(each)).toThrow(expect.objectContaining({ code: each.refused }));
    expect(customers()).toEqual(before);
  });
});
