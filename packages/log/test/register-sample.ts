import { defineRegister } from '../src/register/define.ts';

/** A small register that uses every part of the shape at least once. */
export const sample = defineRegister({
  controller: { name: 'Sample B.V.', contact: 'privacy@sample.example' },
  date: '2024-02-29',
  timezone: 'Europe/Amsterdam',
  persons: ['customer', 'employee'],
  roles: ['support', 'planner'],
  tables: {
    customers: { person: 'customer', id: 'id' },
    'sales.orders': { person: 'customer', id: 'customer_id' },
  },
  fields: {
    name: { nl: 'naam', en: 'name', category: 'contact', columns: ['customers.name'] },
    email: { nl: 'e-mailadres', en: 'e-mail address', category: 'contact' },
    price: { nl: 'prijs', en: 'price', category: 'order', columns: ['sales.orders.price'] },
  },
  recipients: {
    delivery: { name: 'Bezorgdienst', country: 'NL', role: 'processor' },
    police: { name: 'Politie', country: 'NL', role: 'authority' },
  },
  events: {
    'order-completed': { nl: 'bestelling afgerond', en: 'order completed' },
    unsubscribed: { nl: 'opgezegd', en: 'unsubscribed' },
  },
  activities: {
    orders: {
      name: { nl: 'Bestellingen', en: 'Orders' },
      purpose: { nl: 'Bestellingen leveren', en: 'Delivering orders' },
      basis: 'contract',
      fields: ['name', 'price'],
      actions: ['read', 'update', 'search', 'disclose'],
      persons: ['customer'],
      recipients: ['delivery'],
      roles: ['support'],
      retention: [{ after: 'order-completed', period: 'P6M', then: 'P7Y' }],
      policy: 'available',
      values: true,
    },
    newsletter: {
      name: { nl: 'Nieuwsbrief', en: 'Newsletter' },
      purpose: { nl: 'Nieuwsbrief sturen', en: 'Sending the newsletter' },
      basis: 'consent',
      fields: ['email'],
      retention: [{ until: 'unsubscribed' }, { after: 'recorded', period: 'P1Y6M2W3D' }],
    },
    anything: {
      name: { nl: 'Alles', en: 'Anything' },
      purpose: { nl: 'Proef', en: 'Trial' },
      basis: 'legitimate-interest',
      fields: '*',
    },
  },
  actors: { retention: [{ after: 'recorded', period: 'P1Y' }] },
  maximum: 'P10Y',
});

/** A deep copy that may be changed, as JSON gives it. */
export function sampleJson(): Record<string, unknown> {
  return JSON.parse(JSON.stringify(sample)) as Record<string, unknown>;
}
