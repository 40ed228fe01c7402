import type { Context } from 'hono';
import { readCard } from '../data/customers.ts';
import { ordersOf } from '../data/orders.ts';
import { readSettings } from '../data/settings.ts';
import { type App, type Env, type Kit, problem, userOf } from '../kit.ts';
import { onlyCustomers } from '../only.ts';
import { putSettings } from './settings.ts';

const CARD = ['name', 'address', 'city', 'billing-address', 'email', 'phone'] as const;
const CHANGED = ['dashboard-settings', 'dashboard-actions', 'ip-address'] as const;

/** What customers see of themselves. */
export function ownRoutes(app: App, kit: Kit): void {
  const { db, capture } = kit;
  const { audited, persons } = capture;
  // Nobody where nobody is logged in: the refusal is an entry all the same.
  const subjects = (c: Context): ReturnType<typeof persons.customer>[] => {
    const user = userOf(c);
    return user?.kind === 'customer' ? [persons.customer(user.id)] : [];
  };
  const own = (c: Context<Env>): string => c.get('user')?.id ?? '';

  app.get(
    '/own/account',
    audited('account', { action: 'read', subjects, fields: CARD }),
    onlyCustomers,
    async (c) => {
      const card = await readCard(db, own(c));
      return card === undefined ? problem(c, 404, 'This account is closed.') : c.json(card);
    },
  );

  app.get(
    '/own/orders',
    audited('order-handling', { action: 'read', subjects, fields: ['order'] }),
    onlyCustomers,
    async (c) => c.json(await ordersOf(db, own(c))),
  );

  app.get(
    '/own/settings',
    audited('dashboard', { action: 'read', subjects, fields: ['dashboard-settings'] }),
    onlyCustomers,
    async (c) => {
      const settings = await readSettings(db, own(c));
      return settings === undefined ? problem(c, 404, 'This account is closed.') : c.json(settings);
    },
  );

  app.put(
    '/own/settings',
    audited('dashboard', { action: 'update', subjects, fields: CHANGED }),
    onlyCustomers,
    (c) => putSettings(c, kit, own(c), 'instellingen gewijzigd'),
  );
}
