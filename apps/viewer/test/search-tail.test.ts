import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { Env } from '../src/env.ts';
import { preferences } from '../src/http/preferences.ts';
import { recognise } from '../src/http/signed-in.ts';
import { tailRoutes } from '../src/routes/tail.tsx';
import { read, stage, type Stage } from './lib/stage.ts';

/** Server-sent events as they come. */
interface Sent {
  readonly event: string;
  readonly data: string;
  readonly id: string;
}

/** Follows a query with pauses of 20 ms. `until` reads on up to an event of this name. */
async function follow({ services, log, told }: Stage, q: string, headers: Record<string, string> = {}) {
  const secret = services.sessions.begin('anna', new Set(['auditor']), true);
  const app = new Hono<Env>().use(preferences, recognise(services)).route('/', tailRoutes(services, 20));
  const from = (await log.size()) - 1;
  const asked = `/tail?q=${encodeURIComponent(q)}&from=${from}`;
  const end = new AbortController();
  const answer = await app.request(asked, {
    ...{ headers: { cookie: `zegel=${secret}`, 'accept-language': 'en', ...headers }, signal: end.signal },
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (name: string): Promise<Sent> => {
    for (;;) {
      const [whole, rest] = [text.slice(0, text.indexOf('\n\n')), text.slice(text.indexOf('\n\n') + 2)];
      if (text.includes('\n\n')) {
        text = rest;
        const sent = parse(whole);
        if (sent.event === name) return sent;
        continue;
      }
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) throw new Error(`ended before ${name}: ${told.join()} ${text}`);
      text += value;
    }
  };
  return { answer, until, secret, stop: () => reader?.cancel() };
}

function parse(text: string): Sent {
  const all = (name: string): string =>
    [...text.matchAll(new RegExp(`^${name}: ?(.*)$`, 'gm'))].map(([, one]) => one).join('\n');
  return { event: all('event'), data: all('data'), id: all('id') };
}

async function operations({ log }: Stage): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const chunk of log.read(0, await log.size()))
    for (const { bytes } of chunk)
      found.push((JSON.parse(Buffer.from(bytes ?? []).toString()) as { operation?: unknown }).operation);
  return found;
}

test('sends matching new entries as rows, each batch an entry before', async () => {
  const at = await stage({ events: [read(1)] });
  const { until, stop } = await follow(at, 'action:read');
  await until('still');
  await at.log.append([read(2), read(3, { action: 'update' })]);
  const { data, id } = await until('rows');
  expect(data.match(/data-index="\d+"/g)).toEqual(['data-index="3"']);
  expect(Number(id)).toBeGreaterThanOrEqual(3);
  expect(await operations(at)).toContain('viewer.tail');
  await at.log.append([read(4)]);
  expect((await until('rows')).data).not.toContain('data-index="3"');
  await stop();
});

test('does not feed itself: its own entries are never sent, those of others are', async () => {
  const at = await stage({ events: [read(1)] });
  const { until, stop } = await follow(at, '');
  await until('still');
  await at.log.append([read(2)]);
  await until('rows');
  const size = await at.log.size();
  await until('still'); // after its own entry, and more than one pause of silence
  expect(await at.log.size()).toBe(size);
  expect((await operations(at)).filter((one) => one === 'viewer.tail')).toHaveLength(1);
  await at.get('/');
  expect((await until('rows')).data).toContain('viewer.search');
  await stop();
});

test('goes on after the last event that the browser had', async () => {
  const at = await stage({ events: [read(1), read(2), read(3)] });
  const { until, stop } = await follow(at, 'kind:access', { 'last-event-id': '2' });
  const { data } = await until('rows');
  expect(data.match(/data-index="\d+"/g)).toEqual(['data-index="4"', 'data-index="3"']);
  await stop();
});

test('leaves out what would be too much, and says so', async () => {
  const at = await stage({ events: [read(1)] });
  const { until, stop } = await follow(at, 'action:read');
  await until('still');
  await at.log.append(Array.from({ length: 70 }, (_, n) => read(n)));
  const sent = [await until('notes'), await until('rows')];
  expect(sent[0]?.data).toMatch(/\d+ new entries were left out/);
  expect(sent[1]?.data.match(/data-index/g)?.length).toBeLessThanOrEqual(50);
  await stop();
});

test('ends when the session does, and is no sign of life for it', async () => {
  const at = await stage({ events: [read(1)] });
  const { until, secret } = await follow(at, '');
  await until('still');
  const session = at.services.sessions.find(secret);
  const seen = Date.now() - 60_000;
  if (session !== undefined) session.seen = seen;
  await until('still');
  expect(session?.seen).toBe(seen);
  at.services.sessions.end(secret);
  await until('end');
});

test('ends when the server stops, so that nobody waits for it', async () => {
  const stop = new AbortController();
  const at = await stage({ events: [read(1)], services: { stopping: stop.signal } });
  const { until } = await follow(at, '');
  await until('still');
  stop.abort();
  await expect(until('rows')).rejects.toThrow('ended before rows');
});

test.each([
  ['subject:customer:c-1', '0', 400],
  ['action:', '0', 400],
  ['', 'x', 400],
])('refuses %j from %j', async (q, from, status) => {
  const { get } = await stage();
  expect((await get(`/tail?q=${encodeURIComponent(q)}&from=${from}`)).status).toBe(status);
});

test('asks for a session and the permission', async () => {
  const { as } = await stage();
  expect((await as().get('/tail?from=0')).status).toBe(303);
  expect((await as('admin').get('/tail?from=0')).status).toBe(403);
});
