import type { Insertable, Kysely } from 'kysely';
import type { Orders, Payments, Tables } from './schema.ts';

type Stored<T> = { readonly [K in keyof T]: K extends 'id' ? number : T[K] };

/** An order as the customer's page shows it. */
export type OrderLine = Pick<
  Stored<Orders>,
  'id' | 'customer_id' | 'products' | 'amount' | 'status' | 'ordered_at'
>;

const LINE = ['id', 'customer_id', 'products', 'amount', 'status', 'ordered_at'] as const;

/** Orders of a customer, newest first. */
export function ordersOf(db: Kysely<Tables>, customer: string): Promise<OrderLine[]> {
  return db
    .selectFrom('orders')
    .select(LINE)
    .where('customer_id', '=', customer)
    .orderBy('ordered_at', 'desc')
    .execute();
}

/** Payments of a customer. */
export function paymentsOf(
  db: Kysely<Tables>,
  customer: string,
): Promise<Pick<Stored<Payments>, 'order_id' | 'customer_id' | 'account_number' | 'status' | 'paid_at'>[]> {
  return db
    .selectFrom('payments')
    .select(['order_id', 'customer_id', 'account_number', 'status', 'paid_at'])
    .where('customer_id', '=', customer)
    .execute();
}

/** Takes an order. Returns its number. */
export async function placeOrder(db: Kysely<Tables>, order: Insertable<Orders>): Promise<number> {
  const { id } = await db
    .insertInto('orders')
    .values(order)
    .returning(['id', 'customer_id'])
    .executeTakeFirstOrThrow();
  return id;
}

/** What the delivery service is told. */
export type Parcel = Pick<
  Stored<Orders>,
  'id' | 'customer_id' | 'products' | 'delivery_address' | 'delivery_city'
> &
  Pick<Tables['customers'], 'name' | 'phone'>;

/** The parcel of an order of this customer. */
export function parcelOf(db: Kysely<Tables>, customer: string, order: number): Promise<Parcel | undefined> {
  return db
    .selectFrom('orders')
    .innerJoin('customers', 'customers.id', 'orders.customer_id')
    .select([
      'orders.id',
      'orders.customer_id',
      'products',
      'delivery_address',
      'delivery_city',
      'name',
      'phone',
    ])
    .where('orders.id', '=', order)
    .where('orders.customer_id', '=', customer)
    .executeTakeFirst();
}

const PAGE = 250;

/** Orders since a day, in pages of one query each. */
export async function* exportOrders(db: Kysely<Tables>, since: string): AsyncGenerator<OrderLine[], void> {
  for (let last = 0; ; ) {
    const page = await db
      .selectFrom('orders')
      .select(LINE)
      .where('id', '>', last)
      .where('ordered_at', '>=', since)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    last = page.at(-1)?.id ?? last;
  }
}
