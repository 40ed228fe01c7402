import type { Dice } from './dice.ts';
import { type Fact, HOUR, MINUTE, type Moment } from './moment.ts';
import { CUSTOMERS, customers, employee, outsider, program, staff } from './people.ts';

const ORDERS = 230;

/** Orders: placed, paid, planned, handed to the delivery service; some are asked about, some come back completed. */
export function orders(dice: Dice): { readonly moments: Moment[]; readonly facts: Fact[] } {
  const moments: Moment[] = [];
  const facts: Fact[] = [];
  for (let n = 1; n <= ORDERS; n++) {
    const customer = dice.pick(CUSTOMERS);
    const order = `order-${88_000 + n}`;
    const placed = dice.roll() * 9.2 * HOUR;
    moments.push(...handling(dice, customer, order, placed));
    if (dice.happens(0.3)) moments.push(...questions(dice, customer, order, placed));
    const done = { event: 'order-completed', activity: 'order-handling', case: order };
    if (n % 6 === 0)
      facts.push({ ...done, at: placed + 25 * MINUTE, person: { type: 'customer', id: customer } });
  }
  return { moments, facts };
}

function handling(dice: Dice, customer: string, order: string, placed: number): Moment[] {
  const common = { activity: 'order-handling', subjects: customers(customer), case: order } as const;
  const planned = placed + dice.between(5, 90) * MINUTE;
  const shop = { ...common, service: 'shop' };
  const planning = { ...common, service: 'planning' };
  return [
    {
      at: placed,
      event: {
        ...shop,
        action: 'create',
        operation: 'order.place',
        actor: outsider('customer', customer),
        fields: ['name', 'address', 'city', 'email', 'order'],
      },
    },
    {
      at: placed + dice.between(2, 50) * 1000,
      event: {
        ...shop,
        action: 'update',
        operation: 'order.paid',
        actor: program('bank-feed'),
        fields: ['payment', 'order'],
      },
    },
    {
      at: planned,
      event: {
        ...planning,
        action: 'read',
        operation: 'order.plan',
        actor: employee(dice.pick(staff('planner')), 'planner'),
        fields: ['name', 'address', 'city', 'order'],
      },
    },
    {
      at: planned + 2 * MINUTE,
      event: {
        ...planning,
        action: 'disclose',
        operation: 'delivery.announce',
        recipient: 'delivery',
        actor: program('delivery-link'),
        fields: ['name', 'address', 'city', 'phone'],
      },
    },
  ];
}

function questions(dice: Dice, customer: string, order: string, placed: number): Moment[] {
  const common = {
    activity: 'order-handling',
    subjects: customers(customer),
    case: order,
    service: 'desk',
  } as const;
  const asked = placed + dice.between(10, 200) * MINUTE;
  const support = employee(dice.pick(staff('support')), 'support');
  const finance = employee(dice.pick(staff('finance')), 'finance');
  const fields = ['name', 'order', 'payment'];
  const read = { ...common, action: 'read' } as const;
  return [
    {
      at: asked,
      event: {
        ...read,
        operation: 'order.show',
        actor: support,
        fields,
        reason: `asked by phone about ${order}`,
      },
    },
    {
      at: asked + 8 * MINUTE,
      event: { ...read, operation: 'payment.show', actor: finance, fields: ['payment'] },
    },
  ];
}
