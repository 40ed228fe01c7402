import type { Context } from 'hono';
import { readCard } from '../data/customers.ts';
import { ordersOf } from '../data/orders.ts';
import { readSettings } from '../data/settings.ts';
import { type App, type Env, type Kit, problem, userOf } from '../kit.ts';
import { putSettings } from './settings.ts';

const CARD = ['name', 'address', 'city', 'billing-address', 'email', 'phone'] as const;
const CHANGED = ['dashboard-settings', 'dashboard-actions', 'ip-address'] as const;

/** What customers see of themselves. */
export function ownRoutes(app: App, kit: Kit): void {
  const { db, guard } = kit;
  const { persons } = kit.capture;
  // Nobody where nobody is logged in: the refusal is an entry all the same.
  const subjects = (c: Context): ReturnType<typeof persons.customer>[] => {
    const user = userOf(c);
    return user?.kind === 'customer' ? [persons.customer(user.id)] : [];
  };
  const own = (c: Context<Env>): string => c.get('user')?.id ?? '';

  app.get(
    '/own/account',
    guard('customers', 'account', { action: 'read', subjects, fields: CARD }),
    async (c) => {
      const card = await readCard(db, own(c));
      return card === undefined ? problem(c, 404, 'This account is closed.') : c.json(card);
    },
  );

  app.get(
    '/own/orders',
    guard('customers', 'order-handling', { action: 'read', subjects, fields: ['order'] }),
    async (c) => c.json(await ordersOf(db, own(c))),
  );

  app.get(
    '/own/settings',
    guard('customers', 'dashboard', { action: 'read', subjects, fields: ['dashboard-settings'] }),
    async (c) => {
      const settings = await readSettings(db, own(c));
      return settings === undefined ? problem(c, 404, 'This account is closed.') : c.json(settings);
    },
  );

  app.put(
    '/own/settings',
    guard('customers', 'dashboard', { action: 'update', subjects, fields: CHANGED }),
    (c) => putSettings(c, kit, own(c), 'instellingen gewijzigd'),
  );
}
