import type { Insertable, Kysely } from 'kysely';
import type { ContactMessages, Tables } from './schema.ts';

const MOST = 20;

type Stored = { readonly [K in keyof ContactMessages]: K extends 'id' ? number : ContactMessages[K] };

/** Messages without an answer, oldest first. */
export function openMessages(
  db: Kysely<Tables>,
): Promise<Pick<Stored, 'id' | 'contact_id' | 'name' | 'message'>[]> {
  return db
    .selectFrom('contact_messages')
    .select(['id', 'contact_id', 'name', 'message'])
    .where('answer', 'is', null)
    .orderBy('id')
    .limit(MOST)
    .execute();
}

/** A whole message, but where it came from. */
export function readMessage(db: Kysely<Tables>, id: number): Promise<Omit<Stored, 'ip_address'> | undefined> {
  return db
    .selectFrom('contact_messages')
    .select(['id', 'contact_id', 'name', 'address', 'city', 'email', 'phone', 'message', 'answer'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Answers a message. Returns who had asked. */
export async function answerMessage(
  db: Kysely<Tables>,
  id: number,
  answer: string,
): Promise<string | undefined> {
  const found = await db
    .updateTable('contact_messages')
    .set({ answer })
    .where('id', '=', id)
    .returning('contact_id')
    .executeTakeFirst();
  return found?.contact_id;
}

/** Takes a message in. */
export async function addMessage(db: Kysely<Tables>, message: Insertable<ContactMessages>): Promise<void> {
  await db.insertInto('contact_messages').values(message).returning('contact_id').execute();
}
