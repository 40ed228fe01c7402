import { type AccessEvent, parseRegister, type RegisterDocument } from '@zegel/log';

const KEYS = ['dashboard', 'orders', 'contact', 'newsletter'];

/** The register that the benchmarks write under. */
export const register: RegisterDocument = parseRegister({
  controller: { name: 'Voorbeeld B.V.', contact: 'privacy@voorbeeld.example' },
  date: '2019-03-05',
  persons: ['customer', 'employee'],
  roles: ['support', 'planner', 'finance'],
  fields: {
    name: { nl: 'naam', en: 'name', category: 'identity' },
    email: { nl: 'e-mailadres', en: 'e-mail address', category: 'contact' },
    phone: { nl: 'telefoonnummer', en: 'telephone number', category: 'contact' },
    address: { nl: 'adres', en: 'address', category: 'contact' },
  },
  recipients: {
    delivery: { name: 'Bezorgdienst', country: 'NL', role: 'processor' },
    police: { name: 'Politie', country: 'NL', role: 'authority' },
  },
  activities: Object.fromEntries(
    KEYS.map((key) => [
      key,
      {
        name: { nl: key, en: key },
        purpose: { nl: `${key} afhandelen`, en: `handling ${key}` },
        basis: 'consent',
        fields: ['name', 'email', 'phone', 'address'],
        recipients: ['delivery', 'police'],
      },
    ]),
  ),
  maximum: 'P10Y',
});

const ACTIONS = [
  'read',
  'read',
  'read',
  'read',
  'read',
  'read',
  'search',
  'update',
  'export',
  'disclose',
] as const;
const ACTIVITIES = ['dashboard', 'dashboard', 'orders', 'orders', 'contact', 'newsletter'];
const FIELDS = [['name', 'email'], ['name'], ['name', 'email', 'phone'], ['address', 'name'], ['email']];
const OPERATIONS = ['customer.show', 'customer.list', 'order.show', 'order.update', 'message.show'];
const ROLES = ['support', 'planner', 'finance'];
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

/** A small generator with a fixed seed (mulberry32), so that every run writes the same events. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What the events are like. */
export interface EventOptions {
  readonly seed: number;
  /** With address and browser of the actor: one sealed part of about the size that makes an entry 840 bytes. */
  readonly sealed: boolean;
  /** How many customers there are. */
  readonly customers?: number;
  /** Over how many days they occurred. */
  readonly days: number;
  readonly total: number;
}

/** Events like those of a dashboard: few employees, many customers of whom some are seen often. */
export function* events(count: number, options: EventOptions): Generator<AccessEvent> {
  const random = seeded(options.seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (let i = 0; i < count; i++) {
    const action = pick(ACTIONS);
    const disclosed = action === 'disclose';
    yield {
      occurred: new Date(START + Math.floor((i / options.total) * options.days * DAY)).toISOString(),
      action,
      operation: pick(OPERATIONS),
      activity: pick(ACTIVITIES),
      actor: {
        kind: random() < 0.1 ? 'system' : 'employee',
        id: `e-${Math.floor(random() * 200)}`,
        role: pick(ROLES),
        ...(options.sealed && {
          ip: `192.0.2.${Math.floor(random() * 250)}`,
          userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101',
        }),
      },
      subjects: [{ type: 'customer', id: `c-${Math.floor(random() ** 2 * (options.customers ?? 2000))}` }],
      fields: pick(FIELDS),
      service: 'dashboard',
      outcome: random() < 0.02 ? 'denied' : 'success',
      ...(disclosed && { recipient: random() < 0.9 ? 'delivery' : 'police' }),
    };
  }
}

/** Events in batches. */
export function batches(count: number, size: number, options: Omit<EventOptions, 'total'>): AccessEvent[][] {
  const all = [...events(count, { ...options, total: count })];
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
