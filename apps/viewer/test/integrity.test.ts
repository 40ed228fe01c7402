import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FINDINGS } from '@zegel/core';
import { Sessions } from '../src/access/sessions.ts';
import { createApp } from '../src/app.ts';
import type { Integrity } from '../src/checks/integrity.ts';
import { FINDING_WORDS } from '../src/texts/finding-words.ts';
import { entries } from './served.ts';
import { read, stage, type Stage } from './lib/stage.ts';
import { changeBody, inFile } from './lib/tamper.ts';

const events = Array.from({ length: 20 }, (_, n) => read(n));
const SECURITY = { roles: ['security'], events } as const;

async function page({ get }: Pick<Stage, 'get'>, path = '/integrity'): Promise<string> {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Waits for the check that somebody asked for. */
async function checked({ services }: Stage): Promise<void> {
  while (
    services.integrity.details.lastFull === undefined ||
    services.integrity.details.progress !== undefined
  )
    await pause(50);
}

test('before any check nothing is said to be good, and that the log vouches for itself alone', async () => {
  const text = await page(await stage(SECURITY));
  expect(text).toContain('Not checked');
  expect(text).toContain('it vouches for itself alone');
  expect(text).not.toContain('class="standing good"');
});

test('somebody who may has everything checked: an entry, then a page that is green', async () => {
  const at = await stage(SECURITY);
  const answer = await at.post('/integrity/verify');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/integrity']);
  const running = await page(at);
  expect(running).toContain('Everything is being checked');
  expect(running).toContain('action="/integrity/stop"');
  await checked(at);
  expect(await page(at)).toContain('it vouches for itself alone'); // so far
  await at.services.integrity.runFull();
  const text = await page(at);
  expect(text).toContain('class="standing good"');
  expect(text).toContain('verifier key that was first seen here');
  expect(text).toContain('what is remembered here, outside the log: 2');
  expect(text).toMatch(/<p class="integrity good">/);
  const operations = (await entries(at.dir))
    .map(({ operation }) => operation)
    .filter((one) => one !== undefined);
  expect(operations.slice(-3)).toEqual(['viewer.integrity', 'viewer.integrity', 'viewer.integrity']);
  expect(operations.at(-4)).toBe('viewer.verify');
});

test('a check that can not be done is said on every page, and is not green', async () => {
  const at = await stage(SECURITY);
  renameSync(join(at.dir, 'log.db'), join(at.dir, 'away.db'));
  await at.services.integrity.runFull();
  renameSync(join(at.dir, 'away.db'), join(at.dir, 'log.db'));
  expect(await page(at)).toMatch(
    /<p class="integrity impossible" role="alert">[^]*class="standing unchecked"[^]*NOT_FOUND/,
  );
});

test('what others may look at they may not have checked', async () => {
  const at = await stage({ roles: ['privacy'], events });
  expect(await page(at)).not.toContain('/integrity/verify');
  for (const path of ['/integrity/verify', '/integrity/stop']) expect((await at.post(path)).status).toBe(403);
  expect((await at.as().get('/integrity')).headers.get('location')).toBe('/login');
  expect((await at.as('security').post('/integrity/verify', { csrf: 'guessed' })).status).toBe(403);
});

test('a failure is a red bar on every page, told with what it means in the language of who looks', async () => {
  const at = await stage(SECURITY);
  await at.services.integrity.runFull();
  await changeBody(at.dir, 7);
  await at.services.integrity.runFull();
  const text = await page(at);
  expect(text).toMatch(/<p class="integrity failed" role="alert">/);
  expect(text).toContain('class="standing failed"');
  expect(text).toContain('The content of this entry was changed after it was recorded.');
  expect(text).toContain('href="/entries/7"');
  expect(at.services.checks.stateOf(7)).toBe('failed');
  const dutch = await (await at.get('/integrity', { 'accept-language': 'nl' })).text();
  expect(dutch).toContain('De inhoud van deze regel is na het vastleggen gewijzigd.');
  expect(await (await at.get('/nothing')).text()).toMatch(/<p class="integrity failed" role="alert">/);
});

test('texts of a log that somebody wrote into are inert', async () => {
  const at = await stage(SECURITY);
  const evil = '<img src=x onerror=alert(1)>';
  at.services.integrity.tell([{ code: 'store-damaged', message: evil }]);
  const text = await page(at);
  expect(text).not.toContain('<img');
  expect(text).toContain('&lt;img');
});

test('what was removed lawfully is not among what is wrong', async () => {
  const at = await stage(SECURITY);
  const cover = { activity: 'contact', rule: 'retention', cutoff: new Date().toISOString(), handles: [] };
  await at.log.record({ kind: 'retention', bodies: [{ ...cover, ranges: [[5, 6]] }] });
  await at.services.integrity.runFull();
  const text = await page(at);
  expect(text).toContain('class="standing good"');
  expect(text).toMatch(/class="badge pruned">5–6</);
  expect(text).toContain('This is no failure');
  expect(text).toContain('Nothing was found.');
});

test.each([
  ['the result of a search', '/?q=operation%3Acustomer.edit+index%3A7'],
  ['the page of the entry', '/entries/7'],
])('a body that was changed with its hash turns %s red as it is shown', async (_, path) => {
  const at = await stage({ events });
  await at.services.integrity.runFull();
  await changeBody(at.dir, 7, { rehash: true });
  expect(at.services.checks.stateOf(7)).toBe('verified');
  expect(await page(at, path)).toMatch(/<p class="integrity failed" role="alert">/);
  expect(at.services.checks.stateOf(7)).toBe('failed');
});

test('an index that names an entry for what it is not shows nothing forged and is told', async () => {
  const at = await stage({ events });
  await at.services.searching.use(async ({ covered }) => covered);
  const edit = `UPDATE term SET value = 'customer.gone' WHERE value = 'customer.show'`;
  inFile(at.dir, (db) => db.exec(edit), 'index.db');
  const text = await page(at, '/?q=operation%3Acustomer.gone');
  expect(text).not.toContain('customer.show');
  expect(text).toMatch(/<p class="integrity failed" role="alert">/);
  await at.services.integrity.runFull();
  expect(at.services.integrity.details.findings.map(({ code }) => code)).toEqual(['index-differs']);
});

test('the open page is told of changes, as long as the session lasts', async () => {
  const at = await stage(SECURITY);
  const answer = await at.get('/integrity/events');
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const told = textOf(answer);
  await at.services.integrity.runFull();
  await pause(1000);
  at.services.sessions.endAllOf('security-user');
  at.services.integrity.tell([{ code: 'malformed', index: 3, message: 'not said any more' }]);
  const text = await told;
  expect(text).toMatch(/event: changed\ndata: <section class="standing good"/);
  expect(text).not.toContain('not said any more');
  expect((await at.as().get('/integrity/events')).status).toBe(303);
});

test('the open page is told of progress, until there are no more checks', async () => {
  const at = await stage(SECURITY);
  const real = at.services.integrity;
  const steps = [1, 2, 3].map(
    (done) => ({ kind: 'full', started: 0, stage: 'entries', done, total: 3 }) as const,
  );
  const told = { details: { ...real.details, progress: steps[0] }, closed: false };
  let listener = (): void => undefined;
  const integrity: Integrity = {
    ...{
      history: () => [],
      runFull: () => real.runFull(),
      cancel: () => undefined,
      seen: async () => undefined,
    },
    tell: () => undefined,
    onChange: (given) => {
      listener = given;
      return () => undefined;
    },
    get details() {
      return told.details;
    },
    get closed() {
      return told.closed;
    },
  };
  const answer = createApp({ ...at.services, integrity }).request('/integrity/events', {
    headers: { cookie: `zegel=${at.services.sessions.begin('anna', new Set(['security']), true)}` },
  });
  const text = textOf(await answer);
  for (const progress of steps.slice(1)) {
    await pause(400);
    told.details = { ...told.details, progress };
    listener();
  }
  await pause(400);
  told.closed = true;
  listener();
  expect((await text).match(/event: progress\ndata: .*/g)?.at(-1)).toContain('"done":3');
});

test('an open page does not make the session last', async () => {
  const at = await stage(SECURITY);
  let now = Date.now();
  const sessions = new Sessions(() => now);
  const secret = sessions.begin('anna', new Set(['security']), true);
  const app = createApp({ ...at.services, sessions });
  const answer = await app.request('/integrity/events', { headers: { cookie: `zegel=${secret}` } });
  const told = textOf(answer);
  now += 20 * 60_000;
  at.services.integrity.tell([{ code: 'malformed', index: 3, message: 'said' }]);
  await pause(500);
  now += 20 * 60_000;
  at.services.integrity.tell([{ code: 'malformed', index: 4, message: 'not said any more' }]);
  const text = await told;
  expect([text.includes('>said<'), text.includes('not said')]).toEqual([true, false]);
});

test('each look is an entry, of a part of the page too', async () => {
  const at = await stage(SECURITY);
  const size = await at.log.size();
  await page(at);
  const fragment = await (await at.get('/integrity', { 'hx-request': 'true' })).text();
  expect(fragment).toMatch(/^<section/);
  expect(await at.log.size()).toBe(size + 2);
});

test('every code that verification knows is explained', () => {
  for (const words of Object.values(FINDING_WORDS))
    expect(Object.keys(words).toSorted()).toEqual(
      [...Object.keys(FINDINGS), 'log-gone', 'memory-damaged'].toSorted(),
    );
});

async function textOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of answer.body ?? []) text += decoder.decode(bytes as Uint8Array, { stream: true });
  return text;
}
