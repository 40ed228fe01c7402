import { expect, it, vi } from 'vitest';
import { personal } from './routes.ts';
import { expectWithheld, type Stage } from './stage.ts';

/** What is sealed of an access. */
export function accesses(stage: Stage): void {
  it.each([
    ['GET', '/customers/c-7', 200, { action: 'read', operation: 'get.customers.id', fields: ['name'] }],
    [
      'PUT',
      '/customers/c-7',
      200,
      { action: 'update', operation: 'put.customers.id', fields: ['email', 'name'] },
    ],
    [
      'POST',
      '/customers/c-7/parcels',
      201,
      { action: 'disclose', operation: 'parcel.send', recipient: 'delivery' },
    ],
  ])('%s %s before it is done', async (method, path, status, expected) => {
    const got = await stage.ask(path, { method });
    expect(got).toMatchObject({ status });
    expect(got.body).toContain(personal('c-7'));
    expect(stage.log.accesses()).toHaveLength(1);
    expect(stage.log.accesses()[0]).toMatchObject({
      ...expected,
      activity: 'dashboard',
      outcome: 'begun',
      service: 'shop',
      subjects: [{ type: 'customer', id: 'c-7', involvement: 'target' }],
    });
  });

  it('what a captured driver may still add to, when it is done', async () => {
    await stage.start({ dataLayer: true });
    expect(await stage.ask('/customers/c-7')).toMatchObject({ status: 200 });
    expect(await stage.ask('/stream/c-8')).toMatchObject({ status: 200 });
    expect(stage.log.accesses()).toMatchObject([
      { outcome: 'success', subjects: [{ id: 'c-7' }] },
      { outcome: 'success', subjects: [{ id: 'c-8' }] },
    ]);
    stage.log.fail('down');
    expectWithheld(await stage.ask('/customers/c-7'));
    expectWithheld(await stage.ask('/stream/c-8'));
  });

  it('a search by what was found', async () => {
    expect(await stage.ask('/search?name=Jansen')).toMatchObject({ status: 200 });
    expect(stage.log.accesses()).toMatchObject([
      {
        action: 'search',
        operation: 'get.search',
        outcome: 'success',
        subjects: [
          { id: 'c-1', involvement: 'shown' },
          { id: 'c-2', involvement: 'shown' },
        ],
      },
    ]);
    expect(JSON.stringify(stage.log.accesses())).not.toContain('Jansen');
  });

  it('a search that found nobody', async () => {
    expect(await stage.ask('/nobody')).toMatchObject({ status: 200, body: '[]' });
    expect(stage.log.accesses()).toMatchObject([{ action: 'search', outcome: 'success', subjects: [] }]);
  });

  it.each(['/found/stream', '/found/write'])('%s with what was seen before its first byte', async (path) => {
    const got = await stage.ask(path);
    expect(got).toMatchObject({ status: 200, broken: false });
    expect(got.body).toBe(`${personal('c-1')}\n${personal('c-2')}\n`);
    expect(stage.log.accesses()).toMatchObject([
      { subjects: [{ id: 'c-1' }, { id: 'c-2' }], outcome: 'success' },
    ]);
  });

  it('a request for the head alone', async () => {
    expect(await stage.ask('/customers/c-7', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(stage.log.accesses()).toMatchObject([
      { operation: 'head.customers.id', subjects: [{ id: 'c-7' }] },
    ]);
  });

  it('what has not changed', async () => {
    expect(await stage.ask('/unchanged/c-7')).toMatchObject({ status: 304, body: '' });
    expect(stage.log.accesses()).toMatchObject([{ subjects: [{ id: 'c-7' }] }]);
  });

  it('what the client no longer waited for', async () => {
    expect(await stage.ask('/slow', { leaveAfter: 40 })).toMatchObject({ status: 0, broken: true });
    await vi.waitFor(() => expect(stage.log.accesses()).toHaveLength(1), { timeout: 5_000 });
    expect(stage.log.accesses()).toMatchObject([
      { action: 'search', subjects: [{ id: 'c-1' }, { id: 'c-2' }] },
    ]);
  });

  it('what resolvers saw, in one entry', async () => {
    expect(await stage.ask('/resolved')).toMatchObject({ status: 200 });
    expect(stage.log.accesses()).toMatchObject([
      { outcome: 'success', subjects: [{ id: 'c-1' }, { id: 'c-2' }] },
    ]);
  });

  it('what a handler reads by itself', async () => {
    expect(await stage.ask('/inside/c-7')).toMatchObject({ status: 200 });
    expect(stage.log.accesses()).toMatchObject([{ outcome: 'begun', subjects: [{ id: 'c-7' }] }]);
  });
}
