import type { Checked } from './infer.ts';
import { parseRegister } from './parse.ts';
import type { RegisterDocument } from './types.ts';

/**
 * Defines a register in TypeScript. Activities, fields, persons, recipients and roles are
 * inferred from it, so that a name that leads nowhere does not compile; what types can't say
 * (dates, periods, time zones) is checked when it runs.
 *
 * @returns The same document, frozen.
 * @throws RegisterError with every problem at once.
 *
 * @example
 * export const register = defineRegister({
 *   controller: { name: 'Voorbeeld B.V.', contact: 'privacy@voorbeeld.example' },
 *   date: '2026-01-01',
 *   persons: ['customer', 'employee'],
 *   roles: ['support'],
 *   fields: { email: { nl: 'e-mailadres', en: 'e-mail address', category: 'contact' } },
 *   recipients: {},
 *   activities: {
 *     support: {
 *       name: { nl: 'Klantenservice', en: 'Customer service' },
 *       purpose: { nl: 'Vragen van klanten beantwoorden', en: 'Answering customers’ questions' },
 *       basis: 'contract',
 *       fields: ['email'],
 *       retention: [{ after: 'recorded', period: 'P6M' }],
 *     },
 *   },
 *   maximum: 'P7Y',
 * });
 */
export function defineRegister<const R extends RegisterDocument>(document: R & Checked<R>): R {
  return parseRegister(document) as R;
}
