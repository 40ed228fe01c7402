import type { Insertable, Kysely } from 'kysely';
import { Chance } from '../chance.ts';
import { address, customer, message } from '../people/invent.ts';
import type { LogIns } from '../people/log-ins.ts';
import { STAFF } from '../people/staff.ts';
import { ACTIONS, PRODUCTS } from '../people/words.ts';
import type { Customers, Tables } from './schema.ts';

const SEED = 20_190_305;
const CUSTOMERS = 3000;
const MESSAGES = 600;
/** Rows of one statement; SQLite binds 32,766 values. */
const ROWS = 500;
const DAY = 86_400_000;
const LAST = Date.UTC(2026, 9, 31, 16);

type Rows = { -readonly [T in keyof Tables]?: Insertable<Tables[T]>[] };

/** Fills an empty database with people who do not exist, the same for every seed. */
export async function fill(db: Kysely<Tables>, logIns: LogIns): Promise<void> {
  const chance = new Chance(SEED);
  const customers = Array.from({ length: CUSTOMERS }, (_, n) => customer(chance, n + 1));
  const orders = customers.flatMap((one) => ordersOf(chance, one));
  const rows = {
    staff: STAFF.map(({ id, username, role }) => ({
      id,
      username,
      role,
      login_token_hash: logIns.hashOf(username),
    })),
    customers,
    accounts: customers.map((one) => accountOf(chance, one, logIns)),
    orders: orders.map((order, n) => ({ id: n + 1, ...order })),
    payments: orders.map((order, n) => paymentOf(chance, order, n + 1)),
    dashboard_settings: customers.map((one) => settingsOf(chance, one)),
    dashboard_actions: customers.flatMap((one) => actionsOf(chance, one)),
    contact_messages: Array.from({ length: MESSAGES }, (_, n) => message(chance, n + 1)),
  } satisfies Rows;
  for (const [table, all] of Object.entries(rows))
    for (let at = 0; at < all.length; at += ROWS)
      await db
        .insertInto(table as keyof Tables)
        .values(all.slice(at, at + ROWS))
        .execute();
}

type Customer = Insertable<Customers>;

/** User name of a customer's account. */
export function usernameOf(customerId: string): string {
  return `klant${customerId.slice('c-'.length)}`;
}

function moment(chance: Chance, days: number): string {
  return new Date(LAST - Math.floor(chance.next() * days * DAY)).toISOString();
}

function accountOf(chance: Chance, { id }: Customer, logIns: LogIns): Insertable<Tables['accounts']> {
  const username = usernameOf(id);
  return {
    customer_id: id,
    username,
    login_token_hash: logIns.hashOf(username),
    last_ip_address: address(chance),
  };
}

function ordersOf(chance: Chance, { id, street, postcode, city, billing_address }: Customer): Order[] {
  return Array.from({ length: chance.whole(0, 4) }, () => ({
    customer_id: id,
    products: `${chance.whole(1, 3)} × ${chance.one(PRODUCTS)}`,
    amount: chance.whole(995, 49_995),
    status: chance.one(['completed', 'completed', 'completed', 'placed', 'under way']),
    ordered_at: moment(chance, 700),
    delivery_address: `${street}, ${postcode}`,
    delivery_city: city,
    billing_address,
    ip_address: address(chance),
  }));
}

type Order = Insertable<Tables['orders']>;

function paymentOf(
  chance: Chance,
  { customer_id, ordered_at }: Order,
  order: number,
): Insertable<Tables['payments']> {
  const isPaid = chance.holds(0.9);
  return {
    order_id: order,
    customer_id,
    account_number: `NL00 TEST ${String(chance.whole(0, 9_999_999_999)).padStart(10, '0')}`,
    card_last_digits: chance.holds(0.3) ? String(chance.whole(1000, 9999)) : null,
    status: isPaid ? 'paid' : 'open',
    paid_at: isPaid ? ordered_at : null,
  };
}

function settingsOf(chance: Chance, { id, phone }: Customer): Insertable<Tables['dashboard_settings']> {
  return {
    customer_id: id,
    opening_hours: chance.one(['ma-vr 9:00-17:00', 'ma-za 8:30-18:00', 'di-za 10:00-16:00']),
    forward_to: phone,
    greeting: 'Goedendag, u wordt zo snel mogelijk geholpen.',
  };
}

function actionsOf(chance: Chance, { id }: Customer): Insertable<Tables['dashboard_actions']>[] {
  return Array.from({ length: chance.whole(0, 3) }, () => ({
    customer_id: id,
    action: chance.one(ACTIONS),
    done_at: moment(chance, 300),
    ip_address: address(chance),
  }));
}
