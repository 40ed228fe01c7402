import { textsOf } from '../body.ts';
import { readCard } from '../data/customers.ts';
import { ordersOf, parcelOf, paymentsOf, placeOrder } from '../data/orders.ts';
import { type App, customerOf, type Kit, problem } from '../kit.ts';

const PLACED = [
  'order',
  'name',
  'address',
  'city',
  'billing-address',
  'email',
  'phone',
  'ip-address',
] as const;
const PARCEL = ['name', 'address', 'city', 'phone', 'order'] as const;
/** Cents. */
const PRICE = 4995;

/** Orders of a customer. */
export function orderRoutes(app: App, kit: Kit): void {
  const { db, guard } = kit;
  const subject = customerOf(kit);

  app.get(
    '/customers/:id/orders',
    guard(['support', 'planner', 'finance'], 'order-handling', {
      action: 'read',
      subject,
      fields: ['order'],
    }),
    async (c) => c.json(await ordersOf(db, c.req.param('id'))),
  );

  app.get(
    '/customers/:id/payments',
    guard(['finance'], 'order-handling', { action: 'read', subject, fields: ['payment'] }),
    async (c) => c.json(await paymentsOf(db, c.req.param('id'))),
  );

  app.post(
    '/customers/:id/orders',
    guard(['support', 'planner'], 'order-handling', { action: 'create', subject, fields: PLACED }),
    async (c) => {
      const given = await textsOf(c, ['products']);
      if (given?.products === undefined) return problem(c, 400, 'What is ordered? {"products": "…"}');
      const card = await readCard(db, c.req.param('id'));
      if (card === undefined) return problem(c, 404, 'There is no such customer.');
      const id = await placeOrder(db, {
        customer_id: card.id,
        products: given.products,
        amount: PRICE,
        status: 'placed',
        ordered_at: new Date().toISOString(),
        delivery_address: `${card.street}, ${card.postcode}`,
        delivery_city: card.city,
        billing_address: card.billing_address,
        ip_address: null,
      });
      return c.json({ id, customer_id: card.id }, 201);
    },
  );

  app.post(
    '/customers/:id/orders/:order/delivery',
    guard(['planner'], 'order-handling', {
      action: 'disclose',
      recipient: 'delivery',
      subject,
      fields: PARCEL,
    }),
    async (c) => {
      const parcel = await parcelOf(db, c.req.param('id'), Number(c.req.param('order')));
      // There is no delivery service behind this; what it would be told is in the answer and, by name, in the entry.
      return parcel === undefined
        ? problem(c, 404, 'This customer has no such order.')
        : c.json({ label: `VB-${parcel.id}`, parcel });
    },
  );
}
