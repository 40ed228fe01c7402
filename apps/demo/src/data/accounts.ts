import type { Kysely } from 'kysely';
import type { Role } from '../people/staff.ts';
import type { Accounts, Tables } from './schema.ts';

/** What a log-in is compared with. */
export function accountOf(
  db: Kysely<Tables>,
  username: string,
): Promise<Pick<Accounts, 'customer_id' | 'username' | 'login_token_hash'> | undefined> {
  return db
    .selectFrom('accounts')
    .select(['customer_id', 'username', 'login_token_hash'])
    .where('username', '=', username)
    .executeTakeFirst();
}

/** The same of somebody who works here. */
export async function employeeOf(
  db: Kysely<Tables>,
  username: string,
): Promise<{ readonly id: string; readonly role: Role; readonly login_token_hash: string } | undefined> {
  const found = await db.selectFrom('staff').selectAll().where('username', '=', username).executeTakeFirst();
  return found && { ...found, role: found.role as Role };
}
