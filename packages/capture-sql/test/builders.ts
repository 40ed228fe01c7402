import { eq, sql as drizzleSql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import * as pgCore from 'drizzle-orm/pg-core';
import * as sqliteCore from 'drizzle-orm/sqlite-core';
import { type Kysely, sql } from 'kysely';

/** What Kysely is told of the tables. */
export interface Tables {
  customers: {
    id: string;
    name: string | null;
    email: string | null;
    city: string | null;
    referred_by: string | null;
  };
  orders: {
    id: number;
    customer_id: string | null;
    item: string | null;
    total: number | null;
    status: string | null;
  };
}

/** A query made by a builder, what is to be told of it, and how many rows come back. */
export interface Built {
  readonly name: string;
  readonly run: () => PromiseLike<unknown>;
  readonly persons?: string;
  readonly fields?: string;
  readonly refused?: string;
  readonly rows?: number;
}

/** The same statements with Kysely, for both databases. */
export function withKysely(db: Kysely<Tables>): readonly Built[] {
  const all = (): ReturnType<typeof select> => select();
  const select = () => db.selectFrom('customers').select(['id', 'name']);
  return [
    { name: 'select', run: () => all().execute(), persons: 'c-1 c-2 c-3', fields: 'name', rows: 3 },
    {
      name: 'select one',
      run: () => all().select('email').where('id', '=', 'c-1').executeTakeFirstOrThrow(),
      persons: 'c-1',
      fields: 'email name',
    },
    {
      name: 'join',
      run: () =>
        db
          .selectFrom('orders as o')
          .innerJoin('customers as c', 'c.id', 'o.customer_id')
          .select(['o.item', 'c.id as whom', 'c.name as called'])
          .execute(),
      persons: 'c-1 c-2',
      fields: 'name order',
      rows: 3,
    },
    {
      name: 'no person',
      run: () => db.selectFrom('customers').select('name').execute(),
      refused: 'SUBJECT_UNKNOWN',
    },
    {
      name: 'count',
      run: () =>
        db
          .selectFrom('customers')
          .select((e) => e.fn.countAll<number>().as('n'))
          .execute(),
      persons: '',
      fields: '',
      rows: 1,
    },
    {
      name: 'an expression',
      run: () => all().select(sql<string>`upper(name)`.as('u')).execute(),
      refused: 'UNDECLARED',
    },
    {
      name: 'insert',
      run: () => db.insertInto('customers').values({ id: 'c-9', name: 'Eva' }).execute(),
      persons: 'c-9',
      fields: 'name',
    },
    {
      name: 'insert and return',
      run: () => db.insertInto('customers').values({ id: 'c-8', name: 'Fem' }).returningAll().execute(),
      persons: 'c-8',
      fields: 'email name',
      rows: 1,
    },
    {
      name: 'update',
      run: () => db.updateTable('customers').set({ email: 'n' }).where('id', '=', 'c-9').execute(),
      persons: 'c-9',
      fields: 'email',
    },
    {
      name: 'update of everybody',
      run: () => db.updateTable('customers').set({ email: 'n' }).execute(),
      refused: 'BULK_UNKNOWN',
    },
    {
      name: 'delete',
      run: () => db.deleteFrom('customers').where('id', 'in', ['c-8', 'c-9']).execute(),
      persons: 'c-8 c-9',
      fields: 'email name',
    },
    {
      name: 'a transaction rolled back',
      run: async () => {
        const work = db.transaction().execute(async (tx) => {
          await tx.selectFrom('customers').select(['id', 'name']).where('id', '=', 'c-2').execute();
          throw new RangeError('back');
        });
        await work.catch((error: unknown) => {
          if (!(error instanceof RangeError)) throw error;
        });
      },
      persons: 'c-2',
      fields: 'name',
    },
  ];
}

const sqliteCustomers = sqliteCore.sqliteTable('customers', {
  id: sqliteCore.text().primaryKey(),
  name: sqliteCore.text(),
  email: sqliteCore.text(),
});
const sqliteOrders = sqliteCore.sqliteTable('orders', {
  id: sqliteCore.integer().primaryKey(),
  customerId: sqliteCore.text('customer_id'),
  item: sqliteCore.text(),
});
const pgCustomers = pgCore.pgTable('customers', {
  id: pgCore.text().primaryKey(),
  name: pgCore.text(),
  email: pgCore.text(),
});
const pgOrders = pgCore.pgTable('orders', {
  id: pgCore.integer().primaryKey(),
  customerId: pgCore.text('customer_id'),
  item: pgCore.text(),
});

/** Drizzle has a type of table for each database; what is called here they have in common. */
export interface Tried {
  readonly customers: typeof pgCustomers;
  readonly orders: typeof pgOrders;
}

export const onSqlite = { customers: sqliteCustomers, orders: sqliteOrders } as unknown as Tried;
export const onPostgres: Tried = { customers: pgCustomers, orders: pgOrders };

/** The part of a Drizzle database that both have. */
export type Drizzled = Pick<NodePgDatabase, 'select' | 'insert' | 'update' | 'delete'>;

/** The same statements with Drizzle, for both databases. */
export function withDrizzle(db: Drizzled, { customers, orders }: Tried): readonly Built[] {
  const { id, name, email } = customers;
  return [
    {
      name: 'select',
      run: () => db.select().from(customers),
      persons: 'c-1 c-2 c-3',
      fields: 'email name',
      rows: 3,
    },
    {
      name: 'select one',
      run: () => db.select({ whom: id, called: name }).from(customers).where(eq(id, 'c-1')),
      persons: 'c-1',
      fields: 'name',
      rows: 1,
    },
    {
      name: 'join',
      run: () =>
        db
          .select({ item: orders.item, whom: id, called: name })
          .from(orders)
          .innerJoin(customers, eq(orders.customerId, id)),
      persons: 'c-1 c-2',
      fields: 'name order',
      rows: 3,
    },
    { name: 'no person', run: () => db.select({ name }).from(customers), refused: 'SUBJECT_UNKNOWN' },
    {
      name: 'count',
      run: () => db.select({ n: drizzleSql<number>`count(*)` }).from(customers),
      persons: '',
      fields: '',
      rows: 1,
    },
    {
      name: 'an expression',
      run: () => db.select({ id, u: drizzleSql<string>`upper(${name})` }).from(customers),
      refused: 'UNDECLARED',
    },
    {
      name: 'insert',
      run: () => db.insert(customers).values({ id: 'c-9', name: 'Eva' }),
      persons: 'c-9',
      fields: 'email name',
    },
    {
      name: 'insert and return',
      run: () => db.insert(customers).values({ id: 'c-8', name: 'Fem' }).returning(),
      persons: 'c-8',
      fields: 'email name',
      rows: 1,
    },
    {
      name: 'update',
      run: () => db.update(customers).set({ email: 'n' }).where(eq(id, 'c-9')),
      persons: 'c-9',
      fields: 'email',
    },
    {
      name: 'update of everybody',
      run: () => db.update(customers).set({ email: 'n' }),
      refused: 'BULK_UNKNOWN',
    },
    {
      name: 'delete',
      run: () => db.delete(customers).where(drizzleSql`${id} in ('c-8', 'c-9') and ${email} is null or true`),
      refused: 'BULK_UNKNOWN',
    },
    {
      name: 'delete by id',
      run: () => db.delete(customers).where(drizzleSql`${id} in ('c-8', 'c-9')`),
      persons: 'c-8 c-9',
      fields: 'email name',
    },
  ];
}
