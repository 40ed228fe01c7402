import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestService, testService } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

/** What was logged by what this does. */
async function loggedBy(work: () => Promise<unknown>): Promise<readonly object[]> {
  const before = service.log.accesses().length;
  await work();
  return service.log.accesses().slice(before);
}

const whose = (...ids: readonly string[]): object =>
  ids.map((id): unknown => expect.objectContaining({ type: 'customer', id }));

test('a search shows whom it names, and says so before', async () => {
  const ask = await service.as('aafke');
  const entries = await loggedBy(async () => {
    const found = (await (await ask('/customers?q=Zandberg')).json()) as { id: string; name: string }[];
    expect(found.length).toBeGreaterThan(3);
    expect(found.every(({ name }) => name.includes('Zandberg'))).toBe(true);
    expect(
      service.log
        .accesses()
        .at(-1)
        ?.subjects.map(({ id }) => id)
        .sort(),
    ).toEqual(found.map(({ id }) => id).sort());
  });
  expect(entries).toMatchObject([
    {
      action: 'search',
      activity: 'dashboard',
      operation: 'get.customers',
      actor: { kind: 'employee', id: 'e-11', role: 'support' },
      fields: ['city', 'name'],
      outcome: 'success',
    },
  ]);
});

test('customers see their own, and nobody sees anything without a log-in', async () => {
  const ask = await service.as('klant10042');
  const own = await loggedBy(async () => {
    expect(await (await ask('/own/account')).json()).toMatchObject({ id: 'c-10042' });
    expect((await ask('/customers/c-10043')).status).toBe(403);
    expect((await service.app.request('/customers/c-10043')).status).toBe(401);
  });
  expect(own).toMatchObject([
    { outcome: 'success', actor: { kind: 'customer', id: 'c-10042' }, subjects: whose('c-10042') },
    { outcome: 'denied', actor: { kind: 'customer', id: 'c-10042' }, subjects: whose('c-10043') },
    { outcome: 'denied', actor: { kind: 'anonymous' }, subjects: whose('c-10043') },
  ]);
});

test('a wrong token is an entry about whose account it was', async () => {
  const body = JSON.stringify({ username: 'klant10042', token: 'guessed' });
  const entries = await loggedBy(async () => {
    const { status, headers } = await service.app.request('/log-in', { method: 'POST', body });
    expect([status, headers.get('set-cookie')]).toEqual([401, null]);
  });
  expect(entries).toMatchObject([{ activity: 'account', outcome: 'denied', subjects: whose('c-10042') }]);
});

test('a role is refused by an entry that names it', async () => {
  const ask = await service.as('leendert');
  const entries = await loggedBy(async () => expect((await ask('/messages')).status).toBe(403));
  expect(entries).toMatchObject([
    { activity: 'contact-form', outcome: 'denied', actor: { role: 'planner' } },
  ]);
});

test('the delivery service gets a parcel of this customer only', async () => {
  const ask = await service.as('leendert');
  const [order] = service.database.prepare('select id, customer_id from orders').all() as [
    { id: number; customer_id: string },
  ];
  const post = { method: 'POST' };
  const entries = await loggedBy(async () => {
    const answer = await ask(`/customers/${order.customer_id}/orders/${order.id}/delivery`, post);
    expect(await answer.json()).toMatchObject({ parcel: { customer_id: order.customer_id } });
    expect((await ask(`/customers/c-12999/orders/${order.id}/delivery`, post)).status).toBe(404);
  });
  expect(entries[0]).toMatchObject({
    action: 'disclose',
    recipient: 'delivery',
    subjects: whose(order.customer_id),
  });
  expect(entries.at(-1)).toMatchObject({ outcome: 'error', subjects: whose('c-12999') });
});

test('an export names everybody in it, page by page', async () => {
  const ask = await service.as('oeds');
  const entries = await loggedBy(async () => {
    const text = await (await ask('/export/orders.csv?since=2026-09-01')).text();
    const ids = new Set(text.match(/c-\d{5}/g));
    expect(ids.size).toBeGreaterThan(300);
    const named = service.log
      .accesses()
      .flatMap(({ action, subjects }) => (action === 'export' ? subjects : []));
    expect(new Set(named.map(({ id }) => id))).toEqual(ids);
  });
  expect(entries.length).toBeGreaterThan(1);
});

test('with the log down nobody is shown anything, nor changed', async () => {
  const [support, finance] = [await service.as('aafke'), await service.as('oeds')];
  const phone = (): unknown =>
    service.database.prepare("select phone from customers where id = 'c-10001'").get();
  const before = phone();
  service.log.fail('down');
  try {
    for (const [ask, path, method] of [
      [support, '/customers?q=berg', 'GET'],
      [support, '/customers/c-10001', 'GET'],
      [support, '/customers/c-10001', 'PATCH'],
      [support, '/messages', 'GET'],
      [finance, '/customers/c-10001/payments', 'GET'],
      [finance, '/export/orders.csv?since=2026-09-01', 'GET'],
    ] as const) {
      const body = method === 'PATCH' ? JSON.stringify({ phone: '+31 6 0000 9999' }) : null;
      const answer = await ask(path, { method, body });
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        503,
        'application/problem+json',
      ]);
      expect(await answer.text()).not.toMatch(/c-\d|@klant|\+31/);
    }
  } finally {
    service.log.fail(undefined);
  }
  expect(phone()).toEqual(before);
});

test('the page shows nobody by itself, and puts nothing in but text', async () => {
  const entries = await loggedBy(async () => {
    const answer = await service.app.request('/');
    expect(answer.headers.get('content-type')).toMatch('text/html');
    const page = await answer.text();
    expect(page).not.toMatch(/c-\d{5}|innerHTML|insertAdjacentHTML/);
    const [script = ''] = /(?<=<script type="module">)[^]*(?=<\/script>)/.exec(page) ?? [];
    expect(() => new Script(`(async () => {${script}})`)).not.toThrow();
  });
  expect(entries).toEqual([]);
});

test('a bad body changes nothing', async () => {
  const ask = await service.as('aafke');
  for (const body of ['', '[]', '{', '{"id":"c-1"}', '{"phone":7}', `{"phone":"${'1'.repeat(3000)}"}`])
    expect((await ask('/customers/c-10001', { method: 'PATCH', body })).status).toBe(400);
});
