import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { captureSqlite } from '../src/sqlite/capture-sqlite.ts';
import { withoutCapture } from '../src/without-capture.ts';
import { type Recording, recording, schema, told } from './sample.ts';

const code = (text: string): unknown => expect.objectContaining({ code: text });
const NAMES = 'SELECT id, name FROM customers ORDER BY id';

let dir: string;
let raw: Database.Database;
let capture: Recording;
let db: Database.Database;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-capture-'));
  raw = new Database(join(dir, 'shop.db'));
  raw.exec(schema);
  capture = recording();
  db = captureSqlite(raw, { capture });
});

afterEach(() => {
  raw.close();
  rmSync(dir, { recursive: true });
});

describe('outside any context', () => {
  beforeEach(() => {
    capture.inContext = false;
  });

  it('is refused by every way of running a statement', () => {
    const statement = db.prepare(NAMES);
    expect(() => statement.all()).toThrow(code('NO_CONTEXT'));
    expect(() => statement.get()).toThrow(code('NO_CONTEXT'));
    expect(() => statement.iterate().next()).toThrow(code('NO_CONTEXT'));
    expect(() => db.prepare("UPDATE customers SET name = 'x' WHERE id = 'c-1'").run()).toThrow(
      code('NO_CONTEXT'),
    );
    expect(() => db.exec("SELECT 1; UPDATE customers SET name = 'x' WHERE id = 'c-1'")).toThrow(
      code('NO_CONTEXT'),
    );
    expect(raw.prepare("SELECT count(*) FROM customers WHERE name = 'x'").pluck().get()).toBe(0);
  });

  it('lets pass what is not personal', () => {
    expect(db.prepare('SELECT count(*) AS n FROM customers').get()).toEqual({ n: 3 });
    expect(db.prepare('SELECT body FROM notes').pluck().all()).toEqual(['buy paper']);
    expect(db.pragma('user_version', { simple: true })).toBe(0);
    db.exec('CREATE TABLE other (a); INSERT INTO other VALUES (1)');
  });

  it('is reported where the policy says so', () => {
    const lenient = captureSqlite(raw, { capture, policy: 'available' });
    expect(lenient.prepare(NAMES).all()).toHaveLength(3);
    expect(capture.reports).toEqual(['select.customers ran outside any context']);
  });

  it('is reported with the reason where capture was put aside', () => {
    const rows = withoutCapture('migration 12', () => db.prepare(NAMES).all());
    expect(rows).toHaveLength(3);
    expect(capture.reports).toEqual(['select.customers ran without capture: migration 12']);
    expect(() => withoutCapture(' ', () => 1)).toThrow(TypeError);
  });
});

describe('rows in every form', () => {
  const anna = { id: 'c-1', name: 'Anna' };

  it('are what the driver gives', () => {
    expect(db.prepare(NAMES).get()).toEqual(anna);
    expect(db.prepare(NAMES).raw().get()).toEqual(['c-1', 'Anna']);
    expect(db.prepare(NAMES).raw().raw(false).get()).toEqual(anna);
    expect(db.prepare(NAMES).expand().get()).toEqual({ customers: anna });
    expect(db.prepare(NAMES).pluck().all()).toEqual(['c-1', 'c-2', 'c-3']);
    expect(db.prepare('SELECT name, id FROM customers ORDER BY id').pluck().get()).toBe('Anna');
    expect(db.prepare(NAMES).pluck().pluck(false).get()).toEqual(anna);
    expect([...db.prepare(NAMES).iterate()]).toHaveLength(3);
    expect(db.prepare('SELECT id, name FROM customers WHERE id = ?').bind('c-1').all()).toEqual([anna]);
    expect(db.prepare("SELECT id, name FROM customers WHERE id = 'x'").get()).toBeUndefined();
    expect(told(capture)).toEqual({ persons: 'c-1 c-2 c-3', fields: 'name' });
  });

  it.each(['raw', 'expand', 'pluck'] as const)('are observed with %s', (mode) => {
    expect(db.prepare('SELECT name, id FROM customers')[mode]().all()).toHaveLength(3);
    expect(told(capture)).toEqual({ persons: 'c-1 c-2 c-3', fields: 'name' });
  });

  it('may have big integers for ids', () => {
    db.prepare('SELECT id, name FROM staff').safeIntegers().all();
    expect(told(capture).persons).toBe('17');
  });

  it('with columns of one name hide the person in objects, not in arrays', () => {
    const sql = `SELECT a.id, a.name, b.id, b.name FROM customers a JOIN customers b ON b.id = a.referred_by`;
    expect(() => db.prepare(sql).all()).toThrow(code('SUBJECT_UNKNOWN'));
    capture.seen.length = 0;
    expect(db.prepare(sql).raw().all()).toHaveLength(2);
    expect(told(capture).persons).toBe('c-1 c-2 c-3');
  });

  it('are each observed before they are handed on', () => {
    const rows = db.prepare(NAMES).iterate();
    expect(capture.seen).toHaveLength(0);
    expect(rows.next().value).toEqual(anna);
    expect(told(capture).persons).toBe('c-1');
    rows.return?.();
    expect(told(capture).persons).toBe('c-1');
    db.exec("INSERT INTO notes VALUES (9, 'free again')");
  });

  it('end an iteration that may not go on', () => {
    const rows = db.prepare('SELECT customer_id, item FROM orders ORDER BY id').iterate();
    expect(() => [...rows]).toThrow(code('SUBJECT_UNKNOWN'));
    db.exec("INSERT INTO notes VALUES (9, 'free again')");
  });
});

describe('changes', () => {
  it('name their persons by named parameters', () => {
    db.prepare('UPDATE customers SET email = @email WHERE id = :id').run({ email: 'n', id: 'c-2' });
    db.prepare('DELETE FROM orders WHERE customer_id = ?').bind('c-1').run();
    expect(told(capture)).toEqual({ persons: 'c-1 c-2', fields: 'email order' });
    expect(capture.seen.every(({ write }) => write === true)).toBe(true);
  });

  it('by rows that may not be told are undone', () => {
    capture.seen.push = () => {
      throw new RangeError('refused');
    };
    const sql = "UPDATE customers SET name = 'x' WHERE city = 'Delft' RETURNING id";
    expect(() => db.prepare(sql).all()).toThrow(RangeError);
    expect(raw.prepare("SELECT count(*) FROM customers WHERE name = 'x'").pluck().get()).toBe(0);
    expect(raw.inTransaction).toBe(false);
  });

  it('in a script are observed before any of it runs', () => {
    db.exec("UPDATE customers SET name = 'y' WHERE id = 'c-1'; DELETE FROM staff WHERE id = 17;");
    expect(told(capture)).toEqual({ persons: '17 c-1', fields: 'name' });
    const script = "INSERT INTO notes VALUES (8, 'first'); DELETE FROM customers";
    expect(() => db.exec(script)).toThrow(code('BULK_UNKNOWN'));
    expect(raw.prepare('SELECT count(*) FROM notes').pluck().get()).toBe(1);
  });

  it('of a script may copy what it may not', () => {
    const script = 'CREATE TABLE copies (n TEXT); INSERT INTO copies SELECT name FROM customers;';
    expect(() => db.exec(script)).toThrow(code('BULK_UNKNOWN'));
  });
});

describe('a database', () => {
  it('hands out everything only where capture was put aside', async () => {
    expect(() => db.serialize()).toThrow(code('SUBJECT_UNKNOWN'));
    await expect(db.backup(join(dir, 'copy.db'))).rejects.toThrow(code('SUBJECT_UNKNOWN'));
    expect(withoutCapture('backup', () => db.serialize()).length).toBeGreaterThan(0);
  });

  it('keeps its transactions, and does not let itself be got round', () => {
    const work = db.transaction((id: string) =>
      db.prepare('SELECT id, name FROM customers WHERE id = ?').get(id),
    );
    expect(work('c-1')).toEqual({ id: 'c-1', name: 'Anna' });
    expect(work.immediate('c-2')).toEqual({ id: 'c-2', name: 'Bram' });
    expect(told(capture).persons).toBe('c-1 c-2');
    expect(db.prepare(NAMES).database).toBe(db);
    expect(db.prepare('SELECT 1').database).toBe(db);
    expect(db.function('twice', (x: number) => 2 * x)).toBe(db);
    expect(db.prepare('SELECT twice(2) AS n').get()).toEqual({ n: 4 });
  });

  it('tells of a read in a transaction that is rolled back', () => {
    const work = db.transaction(() => {
      db.prepare(NAMES).all();
      throw new RangeError('back');
    });
    expect(() => work()).toThrow(RangeError);
    expect(told(capture).persons).toBe('c-1 c-2 c-3');
  });

  it('is looked at anew when its schema changes', () => {
    db.exec('CREATE VIEW shown AS SELECT id, city AS what FROM customers');
    const statement = db.prepare('SELECT id, what FROM shown');
    statement.all();
    expect(capture.seen).toEqual([]);
    db.exec('DROP VIEW shown');
    db.prepare('CREATE VIEW shown AS SELECT id, email AS what FROM customers').run();
    statement.all();
    expect(told(capture).fields).toBe('email');
  });

  it('is looked at anew when a change of its schema is rolled back', () => {
    db.exec('CREATE VIEW shown AS SELECT id, email AS what FROM customers');
    const change = db.transaction(() => {
      db.exec('DROP VIEW shown; CREATE VIEW shown AS SELECT id, city AS what FROM customers');
      db.prepare('SELECT id, what FROM shown').all();
      throw new RangeError('back');
    });
    expect(() => change()).toThrow(RangeError);
    expect(capture.seen).toEqual([]);
    db.prepare('SELECT id, what FROM shown').all();
    expect(told(capture).fields).toBe('email');
  });
});

describe('declared expressions', () => {
  it('must be of the register', () => {
    const wrong = { a: 'shoe-size', b: { person: 'robot' }, c: null };
    const problems = [
      { path: '/expressions/a', message: 'names no field of the register: shoe-size' },
      { path: '/expressions/b', message: 'names no type of person of the register: robot' },
    ];
    expect(() => captureSqlite(raw, { capture, expressions: wrong })).toThrow(
      expect.objectContaining({ code: 'DECLARATION_INVALID', problems }),
    );
  });
});
