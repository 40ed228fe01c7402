import { describe, expect, test } from 'vitest';
import { Collector, coded, event, opened, TOKEN } from './collector.ts';

const gap = {
  activity: 'general',
  service: 'shop',
  count: 3,
  from: '2026-11-22T12:00:00.000Z',
  to: '2026-11-22T12:00:01.000Z',
};

describe('what is kept is sent', () => {
  test("in order, under the client's token, with a name and a time where the caller gave none", async () => {
    const collector = await Collector.start();
    const client = await opened(collector, { source: 'shop' });
    const [first] = await client.append([event(1)]);
    expect(first).toMatchObject({
      durable: 'outbox',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    const [named] = await client.append([event(2, { id: 'order-2' })]);
    expect(named?.id).toBe('order-2');
    await expect(first?.logged).resolves.toMatchObject({ id: first?.id, durable: 'log', index: 0 });
    await expect(named?.logged).resolves.toMatchObject({ id: 'order-2', durable: 'log', index: 1 });
    const [one, two] = collector.requests.flatMap(({ lines }) => lines);
    expect(one).toEqual({ ...event(1), id: first?.id, occurred: expect.stringMatching(/^2.*Z$/) as string });
    expect(two).toEqual(event(2, { id: 'order-2' })); // repeated by its caller it has to be the same event
    expect(collector.requests[0]).toMatchObject({
      path: '/v1/events',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/x-ndjson',
        'zegel-source': 'shop',
      },
    });
    expect(await client.flush()).toEqual({ pending: 0, problem: undefined });
  });

  test('an append of several as one line, that goes whole or not at all', async () => {
    const collector = await Collector.start();
    const client = await opened(collector);
    const receipts = await client.append([event(1, { id: 'a' }), event(2, { id: 'b' })]);
    await client.appendEach([event(3, { id: 'c' }), event(4, { id: 'd' })]);
    await Promise.all(receipts.map(({ logged }) => logged));
    await client.flush();
    const lines = collector.requests.flatMap(({ lines: all }) => all) as object[];
    expect(lines.map((line) => (Array.isArray(line) ? line.length : 1))).toEqual([2, 1, 1]);
    expect(collector.ids).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a gap in its place among the events, by itself', async () => {
    const collector = await Collector.start();
    let free = (): void => undefined;
    const busy = new Promise<void>((resolve) => (free = resolve));
    collector.answer = async (request) => {
      await busy;
      return collector.accept(request);
    };
    const client = await opened(collector);
    await client.append([event(1, { id: 'a' })]);
    const { logged } = await client.gap({ ...gap, id: 'g' });
    await client.append([event(2, { id: 'b' })]);
    free();
    await expect(logged).resolves.toMatchObject({ id: 'g', durable: 'log' });
    await client.flush();
    expect(collector.requests.map(({ path, lines }) => [path, lines.length])).toEqual([
      ['/v1/events', 1],
      ['/v1/gaps', 1],
      ['/v1/events', 1],
    ]);
    expect(collector.requests[1]?.lines).toEqual([{ ...gap, id: 'g' }]);
  });

  test('many in few requests, in the order of the appends', async () => {
    const collector = await Collector.start();
    const client = await opened(collector);
    const receipts = await Promise.all(
      Array.from({ length: 3000 }, (_, n) => client.append([event(n, { id: `e-${n}` })])),
    );
    await Promise.all(receipts.flat().map(({ logged }) => logged));
    expect(collector.ids).toEqual(Array.from({ length: 3000 }, (_, n) => `e-${n}`));
    expect(collector.requests.length).toBeLessThan(100);
  });
});

describe('what fails is sent again', () => {
  test.each([
    ['no connection', undefined],
    ['an overloaded collector', { status: 503, headers: { 'retry-after': '0' } }],
    ['a proxy without a collector', { status: 502, body: '<html>' }],
    ['too many requests', { status: 429 }],
    ['an answer for another number of events', { status: 201, body: { receipts: [] } }],
    ['an answer of something else', { status: 201, body: 'welcome' }],
    ['a refusal without reasons', { status: 422, body: {} }],
    ['a redirection', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }],
    ['nothing there', { status: 404 }],
    ['a bad request, says a proxy', { status: 400, body: '<html>' }],
  ])('after %s', async (_, reply) => {
    const collector = await Collector.start();
    collector.answer = (request) => (collector.requests.length < 4 ? reply : collector.accept(request));
    const problems: (string | undefined)[] = [];
    const client = await opened(collector, { onProblem: (problem) => problems.push(problem?.code) });
    const [receipt] = await client.append([event(1, { id: 'a' })]);
    await expect(receipt?.logged).resolves.toMatchObject({ id: 'a' });
    expect(collector.requests.length).toBe(4);
    expect(new Set(collector.requests.map(({ body }) => body)).size).toBe(1);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^COLLECTOR_/);
    expect(problems[1]).toBeUndefined();
    expect(await client.refused()).toEqual([]);
  });

  test('the collector says how long to wait', async () => {
    const collector = await Collector.start();
    collector.answer = () => ({ status: 503, headers: { 'retry-after': '60' } });
    const client = await opened(collector);
    await client.append([event(1)]);
    await expect.poll(() => client.problem?.code).toBe('COLLECTOR_UNREACHABLE');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(collector.requests).toHaveLength(1);
    collector.answer = (request) => collector.accept(request);
    expect(await client.flush({ timeout: 5000 })).toEqual({ pending: 0, problem: undefined }); // flush does not wait
  });

  test('a request that hangs is given up', async () => {
    const collector = await Collector.start();
    collector.answer = (request) =>
      collector.requests.length === 1 ? new Promise(() => undefined) : collector.accept(request);
    const client = await opened(collector, { timeout: 100 });
    const [receipt] = await client.append([event(1)]);
    await expect(receipt?.logged).resolves.toMatchObject({ durable: 'log' });
    expect(collector.requests).toHaveLength(2);
  });
});

describe('a refused token', () => {
  test.each([401, 403])('%i stops, keeps everything, and says so', async (status) => {
    const collector = await Collector.start();
    collector.answer = () => ({ status, body: { detail: 'this token is revoked' } });
    const client = await opened(collector, { maxPending: 2 });
    await client.append([event(1)]);
    expect(await client.flush()).toMatchObject({ pending: 1, problem: { code: 'TOKEN_REFUSED' } });
    expect(client.problem?.message).toContain('this token is revoked');
    const [kept] = await client.append([event(2)]);
    await expect(client.append([event(3)])).rejects.toMatchObject(coded('TOKEN_REFUSED'));
    expect(collector.requests).toHaveLength(1);
    expect(await client.close()).toMatchObject({ pending: 2 });
    await expect(kept?.logged).rejects.toMatchObject(coded('CLIENT_CLOSED'));
  });
});
