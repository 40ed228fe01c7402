import type { Kysely } from 'kysely';
import type { Customers, Tables } from './schema.ts';

const MOST = 25;

/** Customers by a part of their name or place, as a list shows them. */
export function findCustomers(
  db: Kysely<Tables>,
  text: string,
): Promise<Pick<Customers, 'id' | 'name' | 'city'>[]> {
  const pattern = `%${text.replaceAll(/[%_\\]/g, '\\$&')}%`;
  return db
    .selectFrom('customers')
    .select(['id', 'name', 'city'])
    .where((eb) => eb.or([eb('name', 'like', pattern), eb('city', 'like', pattern)]))
    .orderBy('name')
    .limit(MOST)
    .execute();
}

/** What the card of a customer shows. */
export type Card = Omit<Customers, 'profile_photo'>;

/** Everything about a customer but the photo. */
export function readCard(db: Kysely<Tables>, id: string): Promise<Card | undefined> {
  return db
    .selectFrom('customers')
    .select(['id', 'name', 'street', 'postcode', 'city', 'billing_address', 'email', 'phone'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** What a customer may change of the card, and support on their word. */
export type CardChange = Partial<
  Pick<Customers, 'name' | 'street' | 'postcode' | 'city' | 'billing_address' | 'email' | 'phone'>
>;

/** Changes a card. False when there is no such customer. */
export async function changeCard(db: Kysely<Tables>, id: string, change: CardChange): Promise<boolean> {
  const found = await db
    .updateTable('customers')
    .set(change)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return found !== undefined;
}
