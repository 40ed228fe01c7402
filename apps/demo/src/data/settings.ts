import type { Kysely } from 'kysely';
import type { DashboardActions, DashboardSettings, Tables } from './schema.ts';

/** How a customer's company can be reached. */
export function readSettings(db: Kysely<Tables>, customer: string): Promise<DashboardSettings | undefined> {
  return db
    .selectFrom('dashboard_settings')
    .selectAll()
    .where('customer_id', '=', customer)
    .executeTakeFirst();
}

/** What can be changed of it. */
export type SettingsChange = Partial<Omit<DashboardSettings, 'customer_id'>>;

/** Changes it, and keeps what was done and when. False when there is no such customer. */
export function changeSettings(
  db: Kysely<Tables>,
  customer: string,
  change: SettingsChange,
  action: Pick<DashboardActions, 'action' | 'ip_address'>,
): Promise<boolean> {
  return db.transaction().execute(async (within) => {
    const found = await within
      .updateTable('dashboard_settings')
      .set(change)
      .where('customer_id', '=', customer)
      .returning('customer_id')
      .executeTakeFirst();
    if (found === undefined) return false;
    const done = { customer_id: customer, ...action, done_at: new Date().toISOString() };
    await within.insertInto('dashboard_actions').values(done).returning('customer_id').execute();
    return true;
  });
}

/** What was done in the dashboard for a customer, newest first. */
export function actionsOf(
  db: Kysely<Tables>,
  customer: string,
): Promise<Pick<DashboardActions, 'customer_id' | 'action' | 'done_at'>[]> {
  return db
    .selectFrom('dashboard_actions')
    .select(['customer_id', 'action', 'done_at'])
    .where('customer_id', '=', customer)
    .orderBy('done_at', 'desc')
    .execute();
}
