import { renameSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entries, event, newLog, newToken, post, served, subjects } from './served.ts';

const NDJSON = { type: 'application/x-ndjson' };
const lines = (...all: readonly unknown[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join('');

describe('events are appended', () => {
  test('one, a list, and lines; answered in order, once they are in the log', async () => {
    const to = await served();
    const one = await post(to, event(1, { id: 'a' }));
    expect(one).toMatchObject({
      status: 201,
      body: { receipts: [{ id: 'a', index: 2, count: 1, durable: 'log' }] },
    });
    expect(await subjects(to.log)).toEqual(['c-1']);
    const list = await post(to, [event(2), event(3)]);
    expect(list).toMatchObject({ status: 201, body: { receipts: [{ index: 3 }, { index: 4 }] } });
    const body = `${lines(event(4))}\n${lines(event(5), [event(6), event(7)], event(8))}`;
    const ndjson = await post(to, body, { type: 'Application/NDJSON; charset="UTF-8"' });
    expect(ndjson.status).toBe(201);
    expect(ndjson.body['receipts']).toHaveLength(5);
    expect(await subjects(to.log)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `c-${n}`));
    expect((await post(to, [])).body).toEqual({ receipts: [] });
    await to.close();
  });

  test("under the token's source: the same id again is the same entry, from another source another", async () => {
    const to = await served();
    const { text: desk } = await newToken(to.log, 'desk');
    const first = await post(to, event(1, { id: 'order-1' }));
    expect((await post(to, event(1, { id: 'order-1' }))).body).toEqual(first.body);
    const other = await post(to, event(1, { id: 'order-1' }), { token: desk });
    expect(other.body).toMatchObject({ receipts: [{ index: 3 }] });
    expect(
      (await post(to, event(1), { token: desk, headers: { 'zegel-source': 'shop' } })).body,
    ).toMatchObject({
      status: 403,
      code: 'SOURCE_DIFFERS',
    });
    expect(await entries(to.log)).toHaveLength(4);
  });

  test('of a clock three days ahead, and flagged', async () => {
    const to = await served();
    const occurred = new Date(Date.now() + 3 * 86_400_000).toISOString();
    expect((await post(to, event(1, { occurred }))).status).toBe(201);
    expect((await entries(to.log)).at(-1)).toMatchObject({ occurred, flags: ['occurred-after'] });
  });
});

describe('events are refused', () => {
  test('all of them: 422 with every problem and its place, and nothing is stored', async () => {
    const to = await served();
    const bad = [event(1, { activity: 'nonsense', fields: ['A b'] }), 7];
    const { status, headers, body } = await post(to, bad);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect({ status, body }).toMatchObject({
      status: 422,
      body: {
        type: 'about:blank',
        title: 'Unprocessable Entity',
        status: 422,
        code: 'EVENTS_REFUSED',
        refusals: [
          { event: 0, refused: 'EVENT_INVALID', problems: [{ path: '/activity' }, { path: '/fields/0' }] },
          { event: 1, refused: 'EVENT_INVALID', problems: [{ path: '', message: 'must be an object' }] },
        ],
      },
    });
    expect(await entries(to.log)).toHaveLength(2);
  });

  test('some of them: 207 with receipts and refusals in order; a list in a line goes whole or not at all', async () => {
    const to = await served();
    await post(to, event(0, { id: 'taken' }));
    const body = lines(
      event(1),
      event(2, { nonsense: 1 }),
      [event(3), event(4, { fields: 5 })],
      event(5, { id: 'taken' }),
      [event(6)],
    );
    const { status, body: told } = await post(to, body, NDJSON);
    expect(status).toBe(207);
    expect(told['receipts']).toMatchObject([
      { index: 3 },
      { event: 1, line: 2, refused: 'EVENT_INVALID', problems: [{ path: '/nonsense' }] },
      { event: 2, line: 3, refused: 'EVENT_INVALID', problems: [{ path: '/1/fields' }] },
      { event: 3, line: 3, refused: 'EVENT_INVALID', problems: [{ path: '/1/fields' }] },
      { event: 4, line: 4, refused: 'ID_CONFLICT' },
      { index: 4 },
    ]);
    expect(await subjects(to.log)).toEqual(['c-0', 'c-1', 'c-6']);
  });

  test('as no JSON: 400 with every bad line, and nothing is stored, the good lines neither', async () => {
    const to = await served();
    const body = `${lines(event(1))}{"a":\n${lines(event(2))}{"a":1,"a":2}\n`;
    const { status, body: told } = await post(to, body, NDJSON);
    expect({ status, told }).toMatchObject({
      status: 400,
      told: {
        code: 'BODY_NOT_JSON',
        refusals: [
          { event: 1, line: 2, problems: [{ message: 'truncated JSON' }] },
          { event: 3, line: 4, problems: [{ message: 'a key occurs twice in one object' }] },
        ],
      },
    });
    for (const bad of ['', '{', '[1,', '\u0000', '{"a":1,"a":1}'])
      expect((await post(to, bad)).body, bad).toMatchObject({ status: 400, code: 'BODY_NOT_JSON' });
    expect((await post(to, new Uint8Array([0x22, 0xff, 0x22]))).body).toMatchObject({
      detail: 'the body is not JSON: not UTF-8; nothing was appended',
    });
    expect(await entries(to.log)).toHaveLength(2);
  });
});

describe('a body is refused', () => {
  test('as too large: 413, told or in pieces, and as too many', async () => {
    const to = await served();
    const much = JSON.stringify(event(1, { reason: 'x'.repeat(10 * 1024 * 1024) }));
    expect((await post(to, much)).body).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
    expect(await inPieces(to, much)).toBe(413);
    expect((await post(to, new Array(10_001).fill(0))).body).toMatchObject({
      status: 413,
      detail: '10001 events are too many for one request: 10000',
    });
    expect(await entries(to.log)).toHaveLength(2);
    expect((await post(to, event(1))).status).toBe(201);
  });

  test('as of another content type: 415', async () => {
    const to = await served();
    for (const type of [undefined, 'text/plain', 'application/xml', 'application/json; charset=latin1'])
      expect((await post(to, event(1), { type })).body, type).toMatchObject({ code: 'CONTENT_TYPE' });
    const zipped = await post(to, event(1), { headers: { 'content-encoding': 'gzip' } });
    expect(zipped.status).toBe(415);
  });

  test('where there is nothing, and by another method', async () => {
    const to = await served();
    expect((await post(to, event(1), { path: '/v1/nothing' })).body).toMatchObject({ code: 'NOT_FOUND' });
    const wrong = await post(to, '', { method: 'GET' });
    expect(wrong).toMatchObject({ status: 405, body: { code: 'METHOD_WRONG' } });
    expect(wrong.headers.get('allow')).toBe('POST');
  });
});

describe('what is told of refused events', () => {
  test('a thousand problems and more are bounded, and each event keeps its first', async () => {
    const to = await served();
    const keys = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`k${i}`, 1]));
    const bad = Array.from({ length: 20 }, () => ({ ...event(1), ...keys }));
    const { body } = await post(to, bad);
    const refusals = body['refusals'] as { problems: unknown[] }[];
    expect(refusals).toHaveLength(20);
    expect(refusals.every(({ problems }) => problems.length > 0)).toBe(true);
    const told = refusals.reduce((sum, { problems }) => sum + problems.length, 0);
    expect(told).toBeLessThan(10_020);
    expect(told + (body['more'] as number)).toBe(18_000);
  });
});

describe('a log that fails', () => {
  test('is 503 with Retry-After; it is opened again when it is back, and nothing is there twice', async () => {
    const to = await served();
    const [file, away] = ['log.db', 'away.db'].map((name) => join(to.log, name));
    if (file === undefined || away === undefined) return;
    renameSync(file, away);
    const failed = await post(to, event(1, { id: 'a' }));
    expect(failed).toMatchObject({ status: 503, body: { code: 'LOG_UNAVAILABLE' } });
    expect(failed.headers.get('retry-after')).toBe('5');
    expect((await post(to, '', { path: '/healthz', method: 'GET' })).status).toBe(503);
    expect(to.told.join()).toContain('LOG_UNAVAILABLE');
    renameSync(away, file);
    expect((await post(to, event(1, { id: 'a' }))).status).toBe(201);
    expect((await post(to, '', { path: '/healthz', method: 'GET' })).body).toEqual({ status: 'ok' });
    expect(await subjects(to.log)).toEqual(['c-1']);
  });
});

test('stopping ends what is under way, and keeps it', async () => {
  const log = await newLog();
  const to = await served({ log });
  const under = Array.from({ length: 20 }, (_, n) => post(to, event(n)));
  await under[0];
  await to.close();
  const settled = await Promise.allSettled(under);
  const acknowledged = settled.filter((one) => one.status === 'fulfilled' && one.value.status === 201);
  expect(acknowledged.length).toBeGreaterThan(0);
  expect((await subjects(log)).length).toBeGreaterThanOrEqual(acknowledged.length);
  await expect(post(to, event(1))).rejects.toThrow('fetch failed');
});

test('no person stands in what is told about a refusal', async () => {
  const to = await served();
  const { status, body } = await post(to, event(1, { subjects: [{ type: 'Customer', id: 'j.jansen' }] }));
  expect(status).toBe(422);
  expect(JSON.stringify(body)).not.toContain('jansen');
});

/** Sends a body without saying how long it is. */
function inPieces({ url, token }: { url: string; token: string }, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sending = request(`${url}/v1/events`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sending.on('error', reject);
    for (let at = 0; at < body.length; at += 65_536) sending.write(body.slice(at, at + 65_536));
    sending.end();
  });
}
