import {
  type CaptureCore,
  CaptureError,
  type Observation,
  type Policy,
  type RequestContext,
} from '@zegel/capture';
import { compileRegister, defineRegister } from '@zegel/log';

const words = (text: string): { readonly nl: string; readonly en: string } => ({ nl: text, en: text });

/** A shop: customers with their orders, and the staff that serves them. */
export const register = defineRegister({
  controller: { name: 'Voorbeeld B.V.', contact: 'privacy@voorbeeld.example' },
  date: '2026-01-01',
  persons: ['customer', 'employee'],
  roles: ['support'],
  tables: {
    customers: { person: 'customer', id: 'id' },
    orders: { person: 'customer', id: 'customer_id' },
    staff: { person: 'employee', id: 'id' },
    'archive.letters': { person: 'customer', id: 'customer_id' },
  },
  fields: {
    name: { ...words('name'), category: 'contact', columns: ['customers.name', 'staff.name'] },
    email: { ...words('e-mail'), category: 'contact', columns: ['customers.email'] },
    order: { ...words('order'), category: 'order', columns: ['orders.item'] },
    letter: { ...words('letter'), category: 'contact', columns: ['archive.letters.body'] },
  },
  recipients: {},
  activities: {
    service: {
      name: words('service'),
      purpose: words('serving customers'),
      basis: 'contract',
      fields: ['name', 'email', 'order', 'letter'],
    },
    survey: {
      name: words('survey'),
      purpose: words('asking customers'),
      basis: 'consent',
      fields: ['name', 'email'],
      policy: 'available',
    },
  },
  maximum: 'P10Y',
});

/** The tables, in SQL that both databases understand. */
export const schema = `
  CREATE TABLE customers (id TEXT PRIMARY KEY, name TEXT, email TEXT, city TEXT, referred_by TEXT);
  CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id TEXT, item TEXT, total INTEGER, status TEXT);
  CREATE INDEX orders_by_customer ON orders (customer_id, item);
  CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);
  CREATE VIEW customer_names AS SELECT id, name AS called FROM customers;
  CREATE VIEW shouted AS SELECT id, upper(name) AS loud FROM customers;
  CREATE VIEW everybody AS SELECT id, name FROM customers UNION ALL SELECT customer_id, item FROM orders;
  INSERT INTO customers VALUES ('c-1', 'Anna', 'anna@x.example', 'Delft', NULL),
    ('c-2', 'Bram', 'bram@x.example', 'Delft', 'c-1'), ('c-3', 'Cato', NULL, 'Gouda', 'c-1');
  INSERT INTO orders VALUES (1, 'c-1', 'lamp', 20, 'sent'), (2, 'c-1', 'desk', 90, 'open'),
    (3, 'c-2', 'lamp', 20, 'open'), (4, NULL, 'test', 1, 'open');
  INSERT INTO staff VALUES (17, 'Daan');
  INSERT INTO notes VALUES (1, 'buy paper');
`;

/** What a recording capture was told. */
export interface Recording extends CaptureCore {
  readonly seen: Observation[];
  readonly reports: string[];
  /** Runs in a context, or outside any. */
  inContext: boolean;
}

/** A capture with one context under `strict`, which keeps what it is told and refuses what may not be. */
export function recording(): Recording {
  const seen: Observation[] = [];
  const reports: string[] = [];
  const context = { observe: (each: Observation) => observe(seen, each) } as RequestContext;
  const self = {
    seen,
    reports,
    inContext: true,
    register: compileRegister(register, 1),
    service: 'shop',
    dataLayer: true,
    report: ({ message }: { readonly message: string }) => void reports.push(message),
    current: () => (self.inContext ? context : undefined),
  };
  return self as unknown as Recording;
}

/** As an open access under `strict` with all fields declared does. */
function observe(seen: Observation[], observation: Observation): void {
  const { persons, fields, unknown, write } = observation;
  for (const { type, id } of persons)
    if (type === '' || id === '') throw new Error('a person without a name');
  if (fields.toSorted().join() !== [...new Set(fields)].join()) throw new Error('fields out of order');
  seen.push(observation);
  if (unknown === true) throw new CaptureError('UNDECLARED', 'unknown', { activity: 'service' });
  if (write === true && persons.length === 0)
    throw new CaptureError('BULK_UNKNOWN', 'nobody', { activity: 'service' });
}

/** Ids and fields of everything that was told, persons as `c-1`, in order. */
export function told({ seen }: Recording): { readonly persons: string; readonly fields: string } {
  const persons = new Set(seen.flatMap((each) => each.persons.map(({ id }) => id)));
  const fields = new Set(seen.flatMap((each) => each.fields));
  return { persons: [...persons].toSorted().join(' '), fields: [...fields].toSorted().join(' ') };
}

export const STRICT: Policy = 'strict';
