/** A service of somebody who has nothing of this checkout, over every package that a service touches. */
export const SERVICE = `
import { captureSqlite } from '@zegel/capture-sql';
import { capture, type CaptureOptions } from '@zegel/hono';
import { defineRegister, openLog, verifyLog } from '@zegel/log';
import { assertAllRoutesAudited, testLog } from '@zegel/testing';
import { openClient } from '@zegel/client';
import Database from 'better-sqlite3';
import { Hono } from 'hono';

const words = { nl: 'Bestelling', en: 'Order' };
const register = defineRegister({
  controller: { name: 'Shop', contact: 'privacy@shop.example' },
  date: '2026-11-22',
  persons: ['customer', 'employee'],
  roles: ['support'],
  tables: { customers: { person: 'customer', id: 'id' } },
  fields: { email: { nl: 'e-mailadres', en: 'e-mail address', category: 'contact', columns: ['customers.email'] } },
  recipients: {},
  activities: { orders: { name: words, purpose: words, basis: 'contract', fields: ['email'] } },
  maximum: 'P10Y',
});

function shop(to: CaptureOptions<typeof register>['to']) {
  const captured = capture({ to, register, service: 'shop', dataLayer: true });
  const { audit, audited, persons } = captured;
  const raw = new Database(':memory:');
  const db = captureSqlite(raw, { capture: captured });
  raw.exec("create table customers (id text, email text); insert into customers values ('c-1', 'a@shop.example')");
  const app = new Hono();
  app.use(audit({ actor: () => ({ kind: 'employee', id: 'e-1', role: 'support' }) }));
  app.get(
    '/customers/:id',
    audited('orders', { action: 'read', subject: (c) => persons.customer(c.req.param('id') ?? ''), fields: ['email'] }),
    (c) => c.json(db.prepare('select id, email from customers where id = ?').get(c.req.param('id'))),
  );
  return { app, close: () => captured.close() };
}

// @ts-expect-error: a wrong name does not compile
const wrong = () => shop(testLog(register)).app && capture({ to: testLog(register), service: 'shop' }).check('orderz', { action: 'read', fields: [] });
console.log(typeof wrong, typeof openClient);

const inMemory = testLog(register);
const tested = shop(inMemory);
assertAllRoutesAudited(tested.app);
await tested.app.request('/customers/c-1');
console.log(inMemory.accesses().map(({ operation, subjects }) => [operation, subjects[0]?.id]));
await tested.close();

{
  await using log = await openLog('./audit', { register, create: { origin: 'shop.example/audit' } });
  const real = shop(log);
  console.log(await (await real.app.request('/customers/c-1')).json());
  await real.close();
}
console.log((await verifyLog('./audit')).ok);
`;

/** What it prints. */
export const SERVICE_SAYS = `function function
[ [ 'get.customers.id', 'c-1' ] ]
{ id: 'c-1', email: 'a@shop.example' }
true
`;
