import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { capture } from '@zegel/hono';
import { openLog } from '@zegel/log';
import Database from 'better-sqlite3';
import { Hono } from 'hono';
import { register } from './events.ts';

/** A service with one route twice: as it is, and audited. Answers on any message with the CPU time it has used. */
const [dir = ''] = process.argv.slice(2);
const CUSTOMERS = 2000;

const db = new Database(join(dir, 'customers.db'));
db.exec(
  'CREATE TABLE customer (id TEXT PRIMARY KEY, name TEXT, email TEXT, phone TEXT, address TEXT) STRICT',
);
const insert = db.prepare('INSERT INTO customer VALUES (?, ?, ?, ?, ?)');
db.transaction(() => {
  for (let i = 0; i < CUSTOMERS; i++)
    insert.run(`c-${i}`, `Klant ${i}`, `klant-${i}@voorbeeld.example`, '0612345678', `Dorpsstraat ${i}`);
})();
const customer = db.prepare('SELECT id, name, email FROM customer WHERE id = ?');

const log = await openLog(join(dir, 'audit'), { register, create: { origin: 'bench.example/http' } });
const { audit, audited } = capture({ to: log, register, service: 'dashboard', gaps: dir });
const app = new Hono();
app.get('/plain/:id', (c) => c.json(customer.get(c.req.param('id')) as object));
app.use('/audited/*', audit({ actor: () => ({ kind: 'employee', id: 'e-17', role: 'support' }) }));
app.get(
  '/audited/:id',
  audited('dashboard', {
    action: 'read',
    subject: (c) => ({ type: 'customer', id: c.req.param('id') ?? '' }),
    fields: ['name', 'email'],
  }),
  (c) => c.json(customer.get(c.req.param('id')) as object),
);

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  process.send?.({ port }),
);
process.on('message', (message) => {
  if (message === 'end') {
    server.close();
    db.close();
    void log.close().then(() => process.disconnect());
    return;
  }
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system });
});
