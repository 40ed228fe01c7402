import { drizzle } from 'drizzle-orm/node-postgres';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capturePg } from '../src/pg/capture-pg.ts';
import { onPostgres, type Tables, withDrizzle, withKysely } from './builders.ts';
import { checkBuilt } from './check-built.ts';
import { type Server, startPostgres, whyNoPostgres } from './postgres-server.ts';
import { recording, schema, told } from './sample.ts';

describe.skipIf(whyNoPostgres() !== undefined)('node-postgres', () => {
  let server: Server;
  // Made before the server is there: a pool connects when it is asked.
  const raw = new pg.Pool({ max: 4 });
  const capture = recording();
  const pool = capturePg(raw, { capture });
  const orm = drizzle(pool);

  beforeAll(async () => {
    server = await startPostgres();
    raw.options.connectionString = server.url;
    await raw.query(schema);
  }, 60_000);

  afterAll(async () => {
    await raw.end();
    await server?.stop();
  });

  describe('under Kysely', () => {
    const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    it.each(withKysely(kysely))('$name', (each) => checkBuilt(capture, each));
  });

  describe('under Drizzle', () => {
    it.each(withDrizzle(orm, onPostgres))('$name', (each) => checkBuilt(capture, each));

    it('a transaction rolled back', async () => {
      capture.seen.length = 0;
      const { customers } = onPostgres;
      const work = orm.transaction(async (tx) => {
        await tx.select().from(customers);
        throw new RangeError('back');
      });
      await expect(work).rejects.toThrow(RangeError);
      expect(told(capture).persons).toBe('c-1 c-2 c-3');
    });
  });
});
