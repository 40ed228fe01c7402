import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { capturePg } from '../src/pg/capture-pg.ts';
import { type Case, expressions, reads, writes } from './cases.ts';
import { type Server, startPostgres, whyNoPostgres } from './postgres-server.ts';
import { recording, schema, told } from './sample.ts';

const archive = `
  CREATE SCHEMA archive;
  CREATE TABLE archive.letters (id INTEGER PRIMARY KEY, customer_id TEXT, body TEXT);
  INSERT INTO archive.letters VALUES (1, 'c-2', 'dear');
`;

const only: readonly Case[] = [
  { name: 'a whole row', sql: 'SELECT c FROM customers c', refused: 'UNDECLARED' },
  {
    name: 'a whole row in a function',
    sql: 'SELECT row_to_json(c) FROM customers AS c',
    refused: 'UNDECLARED',
  },
  {
    name: 'a row worked out of a star',
    sql: 'SELECT s.* FROM (SELECT customers.*, 1 AS amount FROM customers) s',
    persons: 'c-1 c-2 c-3',
    fields: 'email name',
  },
  { name: 'a function that reads', sql: 'SELECT * FROM found()', refused: 'UNDECLARED' },
  { name: 'a function that calls one', sql: 'SELECT found_again()', refused: 'UNDECLARED' },
  { name: 'a function that reads nothing', sql: 'SELECT harmless()' },
  { name: 'a view of a view', sql: 'SELECT * FROM names_of_names', persons: 'c-1 c-2 c-3', fields: 'name' },
  { name: 'a materialized view', sql: 'SELECT * FROM kept_names', persons: 'c-1 c-2 c-3', fields: 'name' },
  { name: 'a partition', sql: 'SELECT * FROM archive.letters_new', persons: 'c-3', fields: 'letter' },
  { name: 'TABLE', sql: 'TABLE customers', persons: 'c-1 c-2 c-3', fields: 'email name' },
  {
    name: 'a compound of stars',
    sql: 'SELECT * FROM customers EXCEPT SELECT * FROM customers WHERE false',
    refused: 'UNDECLARED',
  },
  { name: 'a compound of TABLE', sql: 'TABLE public.customers UNION TABLE customers', refused: 'UNDECLARED' },
  { name: 'columns renamed', sql: 'SELECT upper(b) AS u FROM customers AS c (a, b)', refused: 'UNDECLARED' },
  { name: 'a cast', sql: 'SELECT id, name::varchar FROM customers', refused: 'UNDECLARED' },
  {
    name: 'a change inside WITH',
    sql: "WITH u AS (UPDATE customers SET email = 'n' WHERE id = 'c-1' RETURNING id) SELECT id FROM u",
    refused: 'BULK_UNKNOWN',
  },
  {
    name: 'a change through a view',
    sql: "UPDATE customer_names SET called = 'n' WHERE id = 'c-1'",
    refused: 'BULK_UNKNOWN',
  },
  {
    name: 'a change in a block',
    sql: "DO $$ BEGIN UPDATE customers SET email = 'n'; END $$",
    refused: 'BULK_UNKNOWN',
  },
  { name: 'SELECT INTO', sql: 'SELECT name INTO copies FROM customers', refused: 'BULK_UNKNOWN' },
  { name: 'COPY', sql: "COPY customers TO '/dev/full'", refused: 'BULK_UNKNOWN' },
  { name: 'TRUNCATE', sql: 'TRUNCATE customers', refused: 'BULK_UNKNOWN' },
  {
    name: 'MERGE',
    sql: 'MERGE INTO customers USING notes ON false WHEN MATCHED THEN DELETE',
    refused: 'BULK_UNKNOWN',
  },
  {
    name: 'a cast of a parameter',
    sql: "UPDATE customers SET email = 'n' WHERE id = ?::text",
    values: ['c-1'],
    persons: 'c-1',
    fields: 'email',
  },
];

const more = `
  CREATE FUNCTION found() RETURNS SETOF customers LANGUAGE sql AS 'SELECT * FROM customers';
  CREATE FUNCTION found_again() RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RETURN (SELECT name FROM found() LIMIT 1); END $f$;
  CREATE FUNCTION harmless() RETURNS text LANGUAGE sql AS $f$ SELECT 'x' $f$;
  CREATE VIEW names_of_names AS SELECT called AS n, id FROM customer_names;
  CREATE MATERIALIZED VIEW kept_names AS SELECT id, name FROM customers;
`;

const partitioned = `
  CREATE SCHEMA archive;
  CREATE TABLE archive.letters (id INTEGER, customer_id TEXT, body TEXT) PARTITION BY RANGE (id);
  CREATE TABLE archive.letters_old PARTITION OF archive.letters FOR VALUES FROM (0) TO (10);
  CREATE TABLE archive.letters_new PARTITION OF archive.letters FOR VALUES FROM (10) TO (20);
  INSERT INTO archive.letters VALUES (1, 'c-2', 'dear'), (11, 'c-3', 'dear');
`;

describe.skipIf(whyNoPostgres() !== undefined)('node-postgres, statements', () => {
  let server: Server;
  let raw: pg.Pool;
  let client: pg.PoolClient;
  const capture = recording();

  beforeAll(async () => {
    server = await startPostgres();
    raw = new pg.Pool({ connectionString: server.url, max: 2 });
    await raw.query(schema + archive);
    await raw.query(more);
    client = await capturePg(raw, { capture, expressions }).connect();
  }, 60_000);

  afterAll(async () => {
    client?.release();
    await raw?.end();
    await server?.stop();
  });

  const run = ({ sql, values = [] }: Case): Promise<unknown> => {
    let at = 0;
    return client.query(
      sql.replaceAll('?', () => `$${++at}`),
      [...values],
    );
  };

  beforeEach(async () => {
    capture.seen.length = 0;
    await client.query('BEGIN');
  });
  afterEach(async () => {
    await client.query('ROLLBACK');
  });

  const tried = (cases: readonly Case[]): void => {
    it.each(cases.filter(({ refused }) => refused === undefined))('told: $name', async (each) => {
      await run(each);
      expect(told(capture)).toEqual({ persons: each.persons ?? '', fields: each.fields ?? '' });
      expect(capture.seen.length > 0).toBe(each.persons !== undefined);
      expect([undefined, capture.seen[0]?.operation]).toContain(each.operation);
    });

    it.each(cases.filter(({ refused }) => refused !== undefined))('refused: $name', async (each) => {
      await expect(run(each)).rejects.toThrow(expect.objectContaining({ code: each.refused }));
    });
  };

  describe('what both databases have', () => {
    tried([...reads, ...writes].filter((each) => each.only !== 'sqlite'));
  });

  describe('what PostgreSQL alone has', () => {
    beforeAll(async () => {
      await raw.query('DROP SCHEMA archive CASCADE');
      await raw.query(partitioned);
    });

    tried(only);
  });
});
