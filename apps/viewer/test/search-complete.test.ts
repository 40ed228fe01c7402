import { expect, test } from 'vitest';
import { read, stage } from './lib/stage.ts';

const events = [read(1), read(2, { service: 'webshop' })];

test('offers qualifiers with what they ask for, and values of the register in the language of the reader', async () => {
  const { post } = await stage({ events });
  const ways = async (q: string, language = 'nl'): Promise<unknown> =>
    (await post('/complete', { q, at: String(q.length) }, { 'accept-language': language })).json();
  expect(await ways('serv')).toMatchObject([{ label: 'service:', name: 'dienst', kind: 'qualifier' }]);
  expect(await ways('activity:best')).toMatchObject([{ label: 'orders', name: 'Bestellingen' }]);
  expect(await ways('activity:best', 'en')).toMatchObject([{ label: 'orders', name: 'Orders' }]);
  expect(await ways('service:')).toMatchObject([{ label: 'dashboard' }, { label: 'webshop' }]);
});

test('tells nobody, and leaves no entry: nothing of the log is shown but names of services', async () => {
  const { post, log } = await stage({ events });
  const before = await log.size();
  for (const q of ['subject:customer:', 'actor:employee:e', 'actor:~', 'c-1'])
    expect(await (await post('/complete', { q, at: String(q.length) })).json()).toEqual([]);
  expect(await log.size()).toBe(before);
});

test('asks for a session, the permission and the token of the session', async () => {
  const { as, post } = await stage();
  expect((await as().post('/complete', { q: 'a' })).status).toBe(401);
  expect((await as('admin').post('/complete', { q: 'a' })).status).toBe(403);
  expect((await post('/complete', { q: 'a', csrf: 'x' })).status).toBe(403);
});
