import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaptureProblem, CaptureSink } from '@zegel/capture';
import { assertAllRoutesAudited, type TestLog, testLog } from '@zegel/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Asking, ask, type Got } from './client.ts';
import { register } from './register.ts';
import { pause, personal } from './routes.ts';
import type { Adapter, Service, ServiceOptions } from './service.ts';

/** What every adapter must do, asked over HTTP. */
export function adapterSuite(adapter: Adapter): void {
  describe(`adapter of ${adapter.name}`, () => {
    const stage = new Stage(adapter);
    beforeEach(() => stage.set());
    afterEach(() => stage.strike());
    describe('seals', () => accesses(stage));
    describe('tells how it ended', () => outcomes(stage));
    describe('withholds', () => withholding(stage));
    describe('lets through', () => letting(stage));
    describe('knows who asks', () => actors(stage));
    describe('checks when a route is defined', () => definitions(stage));
  });
}

/** One log, a service on it when a case wants one, and what it said. */
class Stage {
  readonly adapter: Adapter;
  log: TestLog = testLog(register);
  problems: CaptureProblem[] = [];
  #folder = '';
  #services: Service[] = [];

  constructor(adapter: Adapter) {
    this.adapter = adapter;
  }

  set(): void {
    this.#folder = mkdtempSync(join(tmpdir(), 'zegel-adapter-'));
    this.log = testLog(register);
    this.problems = [];
  }

  async strike(): Promise<void> {
    this.log.fail(undefined);
    for (const service of this.#services.splice(0)) {
      await service.close();
      await service.capture.close();
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  options(more: Partial<ServiceOptions> = {}): ServiceOptions {
    const onProblem = (problem: CaptureProblem): void => void this.problems.push(problem);
    return { to: this.log, service: 'shop', gaps: this.#folder, timeout: 300, onProblem, ...more };
  }

  async start(more: Partial<ServiceOptions> = {}): Promise<Service> {
    const service = await this.adapter.serve(this.options(more));
    this.#services.push(service);
    return service;
  }

  /** A service over a sink of the case's own. */
  over(to: CaptureSink): Promise<Service> {
    return this.start({ to });
  }

  async ask(path: string, asking?: Asking): Promise<Got> {
    const [service = await this.start()] = this.#services;
    return ask(`${service.url}${path}`, { headers: { 'x-user': 'e-17' }, ...asking });
  }
}

/** Everything that left the service, in one text. */
function bytes({ headers, body }: Got): string {
  return `${JSON.stringify(headers)}\n${body}`;
}

function expectWithheld(got: Got, status = 503, code = 'LOG_UNAVAILABLE'): void {
  expect(bytes(got)).not.toContain('PERSONAL');
  expect(got).toMatchObject({ status, broken: false });
  expect(got.headers['content-type']).toMatch(/^application\/problem\+json(?:$|;)/);
  expect(got.body === '' ? { status, code } : JSON.parse(got.body)).toMatchObject({ status, code });
}

function accesses(stage: Stage): void {
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

function outcomes(stage: Stage): void {
  it.each([
    ['/refused/c-7', 403, 'denied'],
    ['/missing/c-7', 404, 'error'],
    ['/broken/c-7', 500, 'error'],
  ])('%s: the entry before it, and one on how it ended', async (path, status, outcome) => {
    expect(await stage.ask(path)).toMatchObject({ status });
    const [begun, ended] = stage.log.accesses();
    expect(stage.log.accesses()).toHaveLength(2);
    expect(begun).toMatchObject({ outcome: 'begun', subjects: [{ id: 'c-7' }] });
    expect(ended).toMatchObject({ outcome, of: begun?.index });
  });

  it.each([
    ['/forbidden/c-7', 403, 'denied', 0],
    ['/rejected', 500, 'error', 2],
    ['/thrown', 500, 'error', 2],
  ])('%s: one entry', async (path, status, outcome, count) => {
    const got = await stage.ask(path);
    expect(got).toMatchObject({ status });
    expect(bytes(got)).not.toContain('PERSONAL');
    expect(stage.log.accesses()).toHaveLength(1);
    expect(stage.log.accesses()[0]).toMatchObject({ outcome });
    expect(stage.log.accesses()[0]?.subjects).toHaveLength(count);
  });

  it('a stream that fails before its first chunk: one entry', async () => {
    const got = await stage.ask('/failed');
    expect(bytes(got)).not.toContain('PERSONAL');
    await vi.waitFor(() => expect(stage.log.accesses()).toHaveLength(1), { timeout: 5_000 });
    expect(stage.log.accesses()).toMatchObject([
      { outcome: 'error', subjects: [{ id: 'c-1' }, { id: 'c-2' }] },
    ]);
  });

  it('a stream that breaks off was sealed before', async () => {
    const got = await stage.ask('/cut/c-7');
    expect(got.broken).toBe(true);
    expect(stage.log.accesses()).toMatchObject([{ outcome: 'begun', subjects: [{ id: 'c-7' }] }]);
  });
}

const EVERY_WAY = [
  '/customers/c-7',
  '/search',
  '/stream/c-7',
  '/write/c-7',
  '/bulk/c-7',
  '/found/stream',
  '/found/write',
  '/cut/c-7',
  '/unchanged/c-7',
  '/broken/c-7',
  '/rejected',
  '/missing/c-7',
  '/inside/c-7',
  '/resolved',
];

function withholding(stage: Stage): void {
  it.each(EVERY_WAY)('%s while the log is down', async (path) => {
    stage.log.fail('down');
    expectWithheld(await stage.ask(path));
    expectWithheld(await stage.ask(path, { method: 'HEAD' }));
    expect(stage.log.accesses()).toEqual([]);
  });

  it.each(EVERY_WAY)('%s while the log does not answer', async (path) => {
    stage.log.fail('slow');
    expectWithheld(await stage.ask(path));
  });

  it.each(EVERY_WAY)('%s until a slow log has it', async (path) => {
    stage.log.fail('slow');
    const seen: string[] = [];
    const got = stage.ask(path, { onBytes: (text) => seen.push(text) });
    await pause(120);
    expect(seen).toEqual([]);
    stage.log.fail(undefined);
    await got;
    expect(stage.log.accesses().length).toBeGreaterThan(0);
  });

  it('a response of which nobody said whom it shows', async () => {
    expectWithheld(await stage.ask('/unseen'), 500, 'NOTHING_SEEN');
  });

  it('what is resolved when the response is on its way', async () => {
    const got = await stage.ask('/resolved/late');
    expect(got).toMatchObject({ status: 200, broken: true });
    expect(bytes(got)).not.toContain('PERSONAL');
  });

  it('what a route shows where nobody is known to ask', async () => {
    await stage.start({ audit: false });
    for (const path of ['/customers/c-7', '/search', '/stream/c-7']) {
      expectWithheld(await stage.ask(path), 500, 'NO_CONTEXT');
    }
    expect(stage.log.accesses()).toEqual([]);
  });

  it('nothing of the next request', async () => {
    stage.log.fail('down');
    expectWithheld(await stage.ask('/stream/c-7'));
    stage.log.fail(undefined);
    expect(await stage.ask('/stream/c-8')).toMatchObject({ status: 200, broken: false });
    expect((await stage.ask('/bulk/c-9')).body.split('\n')).toHaveLength(301);
    expect(stage.log.accesses()).toHaveLength(2);
  });
}

function letting(stage: Stage): void {
  it('what touches no personal data', async () => {
    stage.log.fail('down');
    expect(await stage.ask('/health')).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(stage.log.accesses()).toEqual([]);
  });

  const planned = async (): Promise<void> => {
    for (const path of ['/planning/c-7', '/planning', '/planning/c-8']) {
      expect(await stage.ask(path)).toMatchObject({ status: 200, broken: false });
    }
  };

  it('an available activity while the log does not answer', async () => {
    stage.log.fail('slow');
    await planned();
    expect(stage.problems).toMatchObject([{ kind: 'gap' }, { kind: 'gap' }, { kind: 'gap' }]);
  });

  it('an available activity while the log is down, and counts it', async () => {
    const { capture } = await stage.start();
    stage.log.fail('down');
    await planned();
    stage.log.fail(undefined);
    await vi.waitFor(async () => {
      await capture.gaps();
      expect(stage.log.gaps().reduce((sum, { count }) => sum + count, 0)).toBe(3);
    });
    expect(stage.log.gaps()[0]).toMatchObject({ activity: 'planning', service: 'shop' });
  });

  it('an available activity where nobody is known to ask, and says so', async () => {
    await stage.start({ audit: false });
    expect(await stage.ask('/planning')).toMatchObject({ status: 200 });
    expect(stage.log.accesses()).toMatchObject([
      { actor: { kind: 'anonymous' }, subjects: [{ id: 'c-1' }, { id: 'c-2' }] },
    ]);
    expect(stage.problems).toMatchObject([{ activity: 'planning' }]);
  });
}

function actors(stage: Stage): void {
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

  it('by the actor, the user agent and the trace', async () => {
    const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;
    const headers = { 'x-user': 'e-17', 'user-agent': 'Browser/1', traceparent };
    const got = await stage.ask('/customers/c-7', { headers });
    expect(stage.log.accesses()).toMatchObject([
      {
        actor: { kind: 'employee', id: 'e-17', role: 'support', userAgent: 'Browser/1' },
        trace: { trace: TRACE },
      },
    ]);
    expect(got.headers['traceparent']).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
  });

  it('and makes a trace where there is none, also for a refusal', async () => {
    const got = await stage.ask('/customers/c-7', { headers: {} });
    expect(stage.log.accesses()).toMatchObject([{ actor: { kind: 'anonymous' } }]);
    expect(got.headers['traceparent']).toContain(stage.log.accesses()[0]?.trace?.trace);
    stage.log.fail('down');
    expect((await stage.ask('/customers/c-7')).headers['traceparent']).toMatch(/^00-/);
  });

  it.each([
    [undefined, undefined],
    [1, '198.51.100.2'],
    [true, '198.51.100.2'],
    [2, '192.0.2.1'],
  ])('by the address as far as %s proxies are trusted', async (trustProxy, expected) => {
    await stage.start(trustProxy === undefined ? {} : { trustProxy });
    await stage.ask('/customers/c-7', {
      headers: { 'x-forwarded-for': '203.0.113.9, 192.0.2.1, 198.51.100.2' },
    });
    const direct = stage.adapter.name === 'fetch' ? undefined : '127.0.0.1';
    expect(stage.log.accesses()[0]?.actor.ip).toBe(expected ?? direct);
  });
}

function definitions(stage: Stage): void {
  const subject = () => ({ type: 'customer', id: 'c-1' });

  it.each([
    ['nowhere', { action: 'read', fields: ['name'], subject }, ['']],
    [
      'dashboard',
      { action: 'look', fields: ['nam', 'email'], recipient: 'post', subject },
      ['/action', '/fields', '/recipient'],
    ],
    ['dashboard', { action: 'read', fields: ['name'] }, ['/subjects']],
    [
      'dashboard',
      { action: 'look', fields: ['name'], subject, subjects: 'discovered' },
      ['/action', '/subjects'],
    ],
    ['dashboard', { action: 'read', fields: ['name'], subject: 'c-1' }, ['/subject']],
  ])('%s %j', (activity, declared, paths) => {
    const define = () => stage.adapter.define(stage.options(), activity, declared);
    expect(define).toThrow(expect.objectContaining({ code: 'DECLARATION_INVALID' }));
    const problems = problemsOf(define);
    for (const path of paths) expect(problems.some((each) => each.startsWith(path))).toBe(true);
  });

  // node:http and fetch have no list of routes to look through.
  const hasRoutes = !/node|fetch/.test(stage.adapter.name);
  it.runIf(hasRoutes)('and finds the route that declares nothing', async () => {
    const { app } = await stage.start();
    const except = ['/inside/:id', '/resolved', '/resolved/late'];
    expect(() => assertAllRoutesAudited(app, { except })).not.toThrow();
    expect(() => assertAllRoutesAudited(app, { except: except.slice(1) })).toThrow(
      'GET /inside/:id is neither',
    );
  });

  it('and marks what it made', () => {
    const marks = stage.adapter.define(stage.options(), 'dashboard', {
      action: 'read',
      fields: ['name'],
      subject,
    });
    expect(marks).toEqual([{ audited: 'dashboard' }, { unaudited: 'a page of help' }]);
  });
}

function problemsOf(define: () => unknown): readonly string[] {
  try {
    define();
    return [];
  } catch (error) {
    return (error as { readonly problems: readonly { readonly path: string }[] }).problems.map(
      ({ path }) => path,
    );
  }
}
