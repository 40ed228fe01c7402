import pg from 'pg';
import Cursor from 'pg-cursor';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { capturePg } from '../src/pg/capture-pg.ts';
import { withoutCapture } from '../src/without-capture.ts';
import { type Server, startPostgres, whyNoPostgres } from './postgres-server.ts';
import { recording, schema, told } from './sample.ts';

const code = (text: string): unknown => expect.objectContaining({ code: text });
const NAMES = 'SELECT id, name FROM customers ORDER BY id';
const ANNA = { id: 'c-1', name: 'Anna' };
const all = { persons: 'c-1 c-2 c-3', fields: 'name' };

describe.skipIf(whyNoPostgres() !== undefined)('node-postgres', () => {
  let server: Server;
  let raw: pg.Pool;
  let pool: pg.Pool;
  const capture = recording();

  beforeAll(async () => {
    server = await startPostgres();
    raw = new pg.Pool({ connectionString: server.url, max: 3 });
    await raw.query(schema);
    pool = capturePg(raw, { capture });
  }, 60_000);

  beforeEach(() => {
    capture.seen.length = 0;
    capture.reports.length = 0;
    capture.inContext = true;
  });

  afterAll(async () => {
    await raw?.end();
    await server?.stop();
  });

  it('answers in every way it is asked', async () => {
    const text = 'SELECT id, name FROM customers WHERE id = $1';
    expect((await pool.query(text, ['c-1'])).rows).toEqual([ANNA]);
    expect((await pool.query({ text, values: ['c-1'] })).rows).toEqual([ANNA]);
    expect((await pool.query({ text, name: 'one' }, ['c-1'])).rows).toEqual([ANNA]);
    expect((await pool.query({ text, values: ['c-1'], rowMode: 'array' })).rows).toEqual([['c-1', 'Anna']]);
    expect(capture.seen.map(({ persons }) => persons.map(({ id }) => id))).toEqual([
      ['c-1'],
      ['c-1'],
      ['c-1'],
      ['c-1'],
    ]);
  });

  it('calls back', async () => {
    const rows = await new Promise((resolve, reject) => {
      pool.query(NAMES, (error, result) => (error instanceof Error ? reject(error) : resolve(result.rows)));
    });
    expect(rows).toHaveLength(3);
    const error = await new Promise((resolve) => {
      pool.query('SELECT name FROM customers', [], (failure) => resolve(failure));
    });
    expect(error).toEqual(code('SUBJECT_UNKNOWN'));
    const client = await new Promise<pg.PoolClient>((resolve, reject) => {
      pool.connect((failure, each, release) => {
        release();
        if (each === undefined) reject(failure);
        else resolve(each);
      });
    });
    expect(client).toHaveProperty('query');
    expect(told(capture)).toEqual(all);
  });

  it('answers several statements at once', async () => {
    const results = (await pool.query(`SELECT 1 AS one; ${NAMES}; SELECT body FROM notes`)) as unknown;
    expect((results as pg.QueryResult[]).map(({ rows }) => rows.length)).toEqual([1, 3, 1]);
    expect(told(capture)).toEqual(all);
  });

  it('refuses outside any context, a change before it runs', async () => {
    capture.inContext = false;
    await expect(pool.query(NAMES)).rejects.toThrow(code('NO_CONTEXT'));
    await expect(pool.query("UPDATE customers SET name = 'x' WHERE id = 'c-1'")).rejects.toThrow(
      code('NO_CONTEXT'),
    );
    await expect(pool.query('DELETE FROM customers RETURNING id')).rejects.toThrow(code('NO_CONTEXT'));
    expect((await pool.query('SELECT count(*)::int AS n FROM customers')).rows).toEqual([{ n: 3 }]);
    expect((await raw.query('SELECT name FROM customers WHERE id = $1', ['c-1'])).rows).toEqual([
      { name: 'Anna' },
    ]);
  });

  it('reports outside any context where it is told to', async () => {
    capture.inContext = false;
    const lenient = capturePg(raw, { capture, policy: 'available' });
    expect((await lenient.query(NAMES)).rows).toHaveLength(3);
    expect((await withoutCapture('a count', () => pool.query(NAMES))).rows).toHaveLength(3);
    expect(capture.reports).toEqual([
      'select.customers ran outside any context',
      'select.customers ran without capture: a count',
    ]);
  });

  it('belongs to the context that asked, not to the one in which the answer comes', async () => {
    const asked = pool.query(NAMES);
    capture.inContext = false;
    await asked;
    expect(told(capture)).toEqual(all);
  });

  it('captures a client of its own', async () => {
    const client = capturePg(new pg.Client(server.url), { capture });
    await client.connect();
    try {
      await client.query('BEGIN');
      expect((await client.query(NAMES)).rows).toHaveLength(3);
      await expect(client.query('SELECT name FROM customers')).rejects.toThrow(code('SUBJECT_UNKNOWN'));
      await client.query('ROLLBACK');
    } finally {
      await client.end();
    }
    expect(told(capture)).toEqual(all);
  });

  it('knows tables made since, also in a transaction, and names that changed', async () => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('ALTER TABLE notes RENAME TO old_notes');
      await client.query('CREATE TEMPORARY TABLE staff2 AS SELECT 1 AS id');
      await client.query('ALTER TABLE customers RENAME COLUMN city TO town');
      await client.query('ALTER TABLE customers RENAME COLUMN email TO mail');
      await client.query('ALTER TABLE customers RENAME COLUMN town TO email');
      await client.query('SELECT id, email FROM customers');
      expect(told(capture).fields).toBe('email');
      await client.query('ROLLBACK');
      capture.seen.length = 0;
      await client.query('SELECT id, city FROM customers');
      expect(capture.seen).toEqual([]);
    } finally {
      client.release();
    }
    await raw.query('CREATE VIEW new_names AS SELECT id, name FROM customers');
    await pool.query('SELECT name, id FROM new_names');
    expect(told(capture)).toEqual(all);
  });

  it('observes each batch of a cursor', async () => {
    const client = await pool.connect();
    try {
      const cursor = client.query(new Cursor(NAMES));
      expect(await cursor.read(1)).toEqual([ANNA]);
      expect(told(capture).persons).toBe('c-1');
      expect(await cursor.read(5)).toHaveLength(2);
      expect(told(capture)).toEqual(all);
      await cursor.close();
      const nameless = client.query(new Cursor('SELECT name FROM customers'));
      await expect(nameless.read(1)).rejects.toThrow(code('SUBJECT_UNKNOWN'));
      await nameless.close();
      const other = client.query(new Cursor('SELECT body FROM notes'));
      expect(await new Promise((resolve) => other.read(9, (_, rows) => resolve(rows)))).toHaveLength(1);
      await other.close();
    } finally {
      client.release();
    }
  });

  it('refuses what sends itself and can not be followed', async () => {
    const client = await pool.connect();
    try {
      expect(() => client.query(new pg.Query(NAMES))).toThrow(code('SUBJECT_UNKNOWN'));
      const harmless = client.query(new pg.Query('SELECT 1'));
      await new Promise((resolve) => harmless.once('end', resolve));
    } finally {
      client.release();
    }
  });
});
