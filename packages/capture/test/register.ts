import { defineRegister } from '@zegel/log';

const words = (text: string) => ({ nl: text, en: text });
const common = { name: words('x'), purpose: words('x'), basis: 'contract' } as const;

export const register = defineRegister({
  controller: { name: 'Voorbeeld B.V.', contact: 'privacy@voorbeeld.example' },
  date: '2026-01-01',
  persons: ['customer', 'employee'],
  roles: ['support', 'planner'],
  fields: {
    name: { ...words('naam'), category: 'contact' },
    email: { ...words('e-mail'), category: 'contact' },
    salary: { ...words('salaris'), category: 'money' },
  },
  recipients: { delivery: { name: 'Bezorgdienst', country: 'NL', role: 'processor' } },
  activities: {
    dashboard: { ...common, fields: ['name', 'email'], persons: ['customer'], recipients: ['delivery'] },
    staff: { ...common, fields: ['salary', 'name'], actions: ['read'], persons: ['employee'] },
    payroll: { ...common, fields: ['name'], roles: ['planner'] },
    helpdesk: { ...common, fields: ['name', 'email'], policy: 'available' },
  },
  maximum: 'P7Y',
});
export type Register = typeof register;
