import type { EventActor, EventSubject } from '@zegel/log';

// Nobody: the numbers, the addresses (RFC 5737) and the domain (RFC 2606) stand for no one.
const numbered = (count: number, name: (n: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, n) => name(n + 1));

export const CUSTOMERS = numbered(80, (n) => `c-${1000 + n}`);
export const SUBSCRIBERS = numbered(400, (n) => `lezer-${String(n).padStart(3, '0')}@voorbeeld.example`);
export const CONTACTS = numbered(60, (n) => `vraag-${n}@voorbeeld.example`);
export const VISITORS = numbered(240, (n) => `v-${(n * 2_654_435_761).toString(16).slice(-8)}`);

const STAFF = {
  support: ['e-17', 'e-18', 'e-19', 'e-23'],
  planner: ['e-31', 'e-32'],
  finance: ['e-41'],
  marketing: ['e-51'],
  engineer: ['e-71'],
  'privacy-officer': ['e-61'],
} as const;
type Role = keyof typeof STAFF;

/** Everybody of a role. */
export function staff(role: Role): readonly string[] {
  return STAFF[role];
}

export function employee(id: string, role: Role): EventActor {
  return { kind: 'employee', id, role, ip: `192.0.2.${id.slice(2)}`, userAgent: 'dashboard/4.2' };
}

/** Somebody of the outside who acts for themselves. */
export function outsider(type: 'customer' | 'contact' | 'subscriber' | 'visitor', id: string): EventActor {
  return {
    kind: 'customer',
    type,
    id,
    ip: `198.51.100.${(id.length * 31 + id.charCodeAt(id.length - 1)) % 250}`,
  };
}

/** A program that works by itself. */
export function program(id: string): EventActor {
  return { kind: 'system', id };
}

export function customers(...ids: readonly string[]): EventSubject[] {
  return ids.map((id) => ({ type: 'customer', id }));
}

export function persons(type: string, ids: readonly string[]): EventSubject[] {
  return ids.map((id) => ({ type, id }));
}
