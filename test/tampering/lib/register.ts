import { defineRegister, type RegisterDocument } from '@zegel/log';

const words = (text: string): { readonly nl: string; readonly en: string } => ({ nl: text, en: text });

/** The register of the scene: one strict activity, one that allows anything. */
export const registerOne: RegisterDocument = defineRegister({
  controller: { name: 'Voorbeeld B.V.', contact: 'privacy@voorbeeld.example' },
  date: '2024-01-01',
  persons: ['customer', 'employee'],
  roles: ['support', 'planner'],
  fields: {
    name: { ...words('name'), category: 'contact' },
    email: { ...words('email'), category: 'contact' },
  },
  recipients: { delivery: { name: 'Bezorgdienst', country: 'NL', role: 'processor' } },
  activities: {
    orders: {
      name: words('orders'),
      purpose: words('orders'),
      basis: 'contract',
      fields: ['name', 'email'],
      actions: ['read', 'update', 'disclose'],
      recipients: ['delivery'],
    },
    support: {
      name: words('support'),
      purpose: words('support'),
      basis: 'legitimate-interest',
      fields: '*',
    },
  },
  maximum: 'P10Y',
});

/** Its second version. */
export const registerTwo: RegisterDocument = { ...registerOne, date: '2025-01-01', maximum: 'P7Y' };
