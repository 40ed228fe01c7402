import type { Context } from 'hono';
import { textsOf } from '../body.ts';
import { actionsOf, changeSettings, readSettings } from '../data/settings.ts';
import { type App, customerOf, type Env, type Kit, problem } from '../kit.ts';

const SETTINGS = ['opening_hours', 'forward_to', 'greeting'] as const;

/** How a customer's company can be reached, for the employee on the telephone. */
export function settingsRoutes(app: App, kit: Kit): void {
  const { db, guard } = kit;
  const subject = customerOf(kit);

  app.get(
    '/customers/:id/settings',
    guard(['support', 'planner'], 'dashboard', { action: 'read', subject, fields: ['dashboard-settings'] }),
    async (c) => {
      const settings = await readSettings(db, c.req.param('id'));
      return settings === undefined ? problem(c, 404, 'There is no such customer.') : c.json(settings);
    },
  );

  app.put(
    '/customers/:id/settings',
    guard(['support'], 'dashboard', {
      action: 'update',
      subject,
      fields: ['dashboard-settings', 'dashboard-actions', 'ip-address'],
    }),
    (c) => putSettings(c, kit, c.req.param('id'), 'instellingen gewijzigd door de klantenservice'),
  );

  app.get(
    '/customers/:id/actions',
    guard(['support'], 'dashboard', { action: 'read', subject, fields: ['dashboard-actions'] }),
    async (c) => c.json(await actionsOf(db, c.req.param('id'))),
  );
}

/** Changes the settings of a customer by the body of a request. */
export async function putSettings(
  c: Context<Env>,
  { db }: Kit,
  customer: string,
  action: string,
): Promise<Response> {
  const change = await textsOf(c, SETTINGS);
  if (change === undefined) return problem(c, 400, `The body may have ${SETTINGS.join(', ')}, as texts.`);
  const isChanged = await changeSettings(db, customer, change, { action, ip_address: null });
  return isChanged ? c.body(null, 204) : problem(c, 404, 'There is no such customer.');
}
