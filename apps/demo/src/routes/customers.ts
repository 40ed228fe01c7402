import { textsOf } from '../body.ts';
import { changeCard, findCustomers, readCard } from '../data/customers.ts';
import { type App, customerOf, type Kit, problem } from '../kit.ts';

const CARD = ['name', 'street', 'postcode', 'city', 'billing_address', 'email', 'phone'] as const;
const CARD_FIELDS = ['name', 'address', 'city', 'billing-address', 'email', 'phone'] as const;

/** Customers, as the employees see them. */
export function customerRoutes(app: App, kit: Kit): void {
  const { db, guard } = kit;
  const { access, persons } = kit.capture;

  app.get(
    '/customers',
    guard(['support', 'planner'], 'dashboard', {
      action: 'search',
      subjects: 'discovered',
      fields: ['name', 'city'],
    }),
    async (c) => {
      const found = await findCustomers(db, c.req.query('q') ?? '');
      access.saw(found.map(({ id }) => persons.customer(id)));
      return c.json(found);
    },
  );

  app.get(
    '/customers/:id',
    guard(['support', 'planner'], 'dashboard', {
      action: 'read',
      subject: customerOf(kit),
      fields: CARD_FIELDS,
    }),
    async (c) => {
      const card = await readCard(db, c.req.param('id'));
      return card === undefined ? problem(c, 404, 'There is no such customer.') : c.json(card);
    },
  );

  app.patch(
    '/customers/:id',
    guard(['support'], 'account', { action: 'update', subject: customerOf(kit), fields: CARD_FIELDS }),
    async (c) => {
      const change = await textsOf(c, CARD);
      if (change === undefined) return problem(c, 400, `The body may have ${CARD.join(', ')}, as texts.`);
      const isChanged = await changeCard(db, c.req.param('id'), change);
      return isChanged ? c.body(null, 204) : problem(c, 404, 'There is no such customer.');
    },
  );
}
