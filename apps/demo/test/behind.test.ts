import { afterAll, beforeAll, expect, test } from 'vitest';
import { captureSqlite } from '@zegel/capture-sql';
import { capture } from '@zegel/hono';
import { testLog } from '@zegel/testing';
import { Hono } from 'hono';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from '../src/service.ts';
import { type TestService, testService } from './service.ts';

let service: TestService;
const gaps = mkdtempSync(join(tmpdir(), 'zegel-demo-'));
beforeAll(async () => {
  service = await testService();
});
afterAll(async () => {
  await service.close();
  rmSync(gaps, { recursive: true });
});

test('a route that reads more of the customers than it declared is caught at the driver', async () => {
  const log = testLog(register);
  const captured = capture({
    to: log,
    register,
    service: 'behind',
    gaps,
    dataLayer: true,
    onProblem: () => undefined,
  });
  const db = captureSqlite(service.database, { capture: captured });
  const app = new Hono();
  app.onError((_, c) => c.text('failed', 500));
  app.use(captured.audit({ actor: () => ({ kind: 'employee', id: 'e-1', role: 'support' }) }));
  const subject = (): ReturnType<typeof captured.persons.customer> => captured.persons.customer('c-10001');
  const read = (sql: string): unknown => db.prepare(sql).all();
  const declared = captured.audited('dashboard', { action: 'read', subject, fields: ['name'] });
  app.get('/fair', declared, (c) => c.json(read("select id, name from customers where id = 'c-10001'")));
  app.get('/behind', declared, (c) =>
    c.json(read("select id, name, email from customers where id = 'c-10001'")),
  );
  app.get('/nobody', declared, (c) => c.json(read('select name from customers limit 3')));
  app.get('/quiet', (c) => c.json(read('select id, name from customers limit 3')));
  expect((await app.request('/fair')).status).toBe(200);
  for (const path of ['/behind', '/nobody', '/quiet']) {
    const answer = await app.request(path);
    expect([path, answer.status]).toEqual([path, 500]);
    expect(await answer.text()).not.toContain('@klant');
  }
  expect(() => read('select id, name from customers')).toThrow(/outside any context/);
  await captured.close();
});
