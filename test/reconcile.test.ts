import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { captureSqlite } from '@zegel/capture-sql';
import { capture } from '@zegel/hono';
import { defineRegister, openLog } from '@zegel/log';
import Database from 'better-sqlite3';
import { Hono } from 'hono';
import { expect, it, onTestFinished } from 'vitest';

const ZEGEL = fileURLToPath(new URL('node_modules/@zegel/cli/dist/bin.js', import.meta.url));

const words = { nl: 'Klanten', en: 'Customers' };
const customers = { name: words, purpose: words, basis: 'contract', fields: ['name', 'email'] } as const;
const register = defineRegister({
  controller: { name: 'Shop', contact: 'privacy@shop.example' },
  date: '2026-11-22',
  persons: ['customer', 'employee'],
  roles: [],
  tables: { customers: { person: 'customer', id: 'id' } },
  fields: {
    name: { nl: 'naam', en: 'name', category: 'contact', columns: ['customers.name'] },
    email: { nl: 'e-mailadres', en: 'e-mail address', category: 'contact', columns: ['customers.email'] },
  },
  recipients: {},
  activities: { strict: customers, lenient: { ...customers, policy: 'available' } },
  maximum: 'P7Y',
});

/** Two routes that do more than they say, over a real log. */
async function serve(folder: string, paths: readonly string[]): Promise<readonly number[]> {
  const raw = new Database(':memory:');
  raw.exec(`create table customers (id text primary key, name text, email text);
    insert into customers values ('c-1', 'a', 'a@'), ('c-2', 'b', 'b@')`);
  await using log = await openLog(join(folder, 'audit'), {
    register,
    create: { origin: 'shop.example/audit' },
  });
  const captured = capture({
    ...{ to: log, register, service: 'shop', dataLayer: true },
    ...{ gaps: join(folder, 'gaps'), onProblem: () => undefined },
  });
  const db = captureSqlite(raw, { capture: captured });
  const app = new Hono();
  app.onError((_, c) => c.text('failed', 500));
  app.use(captured.audit({ actor: () => ({ kind: 'employee', id: 'e-1' }) }));
  const subject = (): { type: 'customer'; id: string } => captured.persons.customer('c-1');
  const declared = { action: 'update', subject, fields: ['name'] } as const;
  const rename = "update customers set name = 'z' where id = 'c-1'";
  const act = (...statements: readonly string[]): void => {
    for (const sql of statements) {
      const statement = db.prepare(sql);
      if (statement.reader) statement.all();
      else statement.run();
    }
  };
  app.put('/fair', captured.audited('strict', declared), (c) => {
    act(rename);
    return c.text('done');
  });
  app.put('/others', captured.audited('strict', declared), (c) => {
    act(rename, 'select id, name from customers');
    return c.text('done');
  });
  app.put('/fields', captured.audited('lenient', declared), (c) => {
    act(rename, "select id, email from customers where id = 'c-1'");
    return c.text('done');
  });
  app.get('/read', captured.audited('lenient', { ...declared, action: 'read' }), (c) => {
    act("select id, email from customers where id = 'c-1'");
    return c.text('done');
  });
  const answers: number[] = [];
  for (const path of paths)
    answers.push((await app.request(path, { method: path === '/read' ? 'GET' : 'PUT' })).status);
  await captured.close();
  return answers;
}

it('zegel reconcile tells what routes did behind their declarations, as capture has logged it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zegel-reconcile-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(await serve(folder, ['/fair', '/others', '/fields', '/others', '/read'])).toEqual([
    200, 200, 200, 200, 200,
  ]);
  const argv = [ZEGEL, 'reconcile', '--log', join(folder, 'audit'), '--json'];
  const { stdout, stderr, status } = spawnSync(process.execPath, argv, { encoding: 'utf8', timeout: 60_000 });
  expect([status, stderr]).toEqual([0, '']);
  const found = stdout.trimEnd().split('\n');
  expect(found.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { count: 2, route: 'put.others', query: 'select.customers', activity: 'strict', fields: ['name'] },
    { count: 1, route: 'get.read', query: 'select.customers', fields: ['email', 'name'] },
    {
      count: 1,
      route: 'put.fields',
      query: 'select.customers',
      activity: 'lenient',
      fields: ['email', 'name'],
    },
  ]);
});
