import { parseRegister, type RegisterDocument } from '@zegel/log';

const words = (text: string) => ({ nl: text, en: text });

const activity = (policy: 'strict' | 'available') => ({
  name: words('Dashboard'),
  purpose: words('Helping customers'),
  basis: 'contract' as const,
  fields: ['name', 'email'],
  recipients: ['delivery'],
  policy,
});

/** A strict activity and one that goes on without a log. Names are plain texts here: every adapter takes them alike. */
export const register: RegisterDocument = parseRegister({
  controller: { name: 'Voorbeeld B.V.', contact: 'privacy@voorbeeld.example' },
  date: '2026-01-01',
  persons: ['customer', 'employee'],
  roles: ['support'],
  fields: {
    name: { ...words('name'), category: 'identity' },
    email: { ...words('email'), category: 'contact' },
  },
  recipients: { delivery: { name: 'Bezorgdienst', country: 'NL', role: 'processor' } },
  activities: { dashboard: activity('strict'), planning: activity('available') },
  maximum: 'P7Y',
});
