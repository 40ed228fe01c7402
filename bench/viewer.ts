import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { AccessFile } from '@zegel/viewer';
import { chromium } from 'playwright-core';
import { ceiling, quantile, report } from './stats.ts';

const AUDITORS = 50;
/** Seconds that fifty auditors work, and milliseconds between two looks of one of them. */
const WORKING = 30;
const THINKING = 3000;
const INCOMING = 2000;
const CHROMIUM = '/usr/bin/chromium';
const PAINTED = 20;
/** Bytes of a page with everything it loads, compressed. */
const MOST_BYTES = 100_000;

/** What auditors ask: dense, rare, empty, negations, times, words. Whoever is named is named by token, so nobody is here. */
const ASKED = [
  '/',
  '/?q=action%3Aread',
  '/?q=action%3Aexport+outcome%3Adenied+role%3Afinance',
  '/?q=recipient%3Apolice+action%3Asearch',
  '/?q=-action%3Aread+-action%3Asearch',
  '/?q=field%3Aemail+role%3Asupport+-action%3Aread',
  '/?q=on%3A2026-05-05+action%3Adisclose',
  '/?q=index%3A%3E%3D1000000+index%3A%3C1000100',
  '/?q=customer.show+outcome%3Adenied',
  '/?q=class%3Aautomated+action%3Aexport',
];

/** Pages of a log of so many entries over real HTTP: alone, and by fifty auditors while entries come in. */
export async function benchViewer(dir: string, rounds: number): Promise<void> {
  const { name, token } = await somebody(dir);
  const child = spawn('zegel', ['serve', '--log', dir, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { url } = JSON.parse(String((await once(child.stdout, 'data'))[0])) as { url: string };
  const cookie = await logIn(url, name, token);
  for (const path of ASKED) await get(url, path, cookie); // code is warm and the index is open
  const times: number[] = [];
  for (let round = 0; round < rounds; round++)
    for (const path of ASKED) times.push((await get(url, path, cookie)).took);
  ceiling(
    'viewer: search page with facets and histogram, p95',
    quantile(times, 0.95),
    200,
    'ms',
    times.length,
  );
  report({ what: 'viewer: the same, median', value: quantile(times, 0.5), unit: 'ms', n: times.length });
  await weigh(url, cookie);
  await paint(url, cookie);
  ceiling('viewer: memory', memory(child), 300, 'MB', 1);
  await crowd(dir, url, cookie);
  ceiling('viewer: memory after fifty auditors', memory(child), 300, 'MB', 1);
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Somebody who may log in without a second factor. */
async function somebody(log: string): Promise<{ name: string; token: string }> {
  const access = new AccessFile(log);
  const name = 'bench';
  const { text: token } =
    access.users.find(name) === undefined
      ? await access.users.add(name, ['auditor', 'privacy'], { exempt: true })
      : await access.users.newLogin(name);
  access.close();
  return { name, token };
}

async function crowd(dir: string, url: string, cookie: string): Promise<void> {
  const writer = fork(new URL('./viewer-writer.ts', import.meta.url), [dir, String(INCOMING)]);
  await once(writer, 'message');
  const times: number[] = [];
  const until = performance.now() + WORKING * 1000;
  const auditor = async (n: number): Promise<void> => {
    await wait((n / AUDITORS) * THINKING);
    for (let look = n; performance.now() < until; look++) {
      times.push((await get(url, ASKED[look % ASKED.length] ?? '/', cookie)).took);
      await wait(THINKING * (0.5 + ((n * 7 + look * 13) % 100) / 100));
    }
  };
  await Promise.all(Array.from({ length: AUDITORS }, (_, n) => auditor(n)));
  writer.send('end');
  const { rate } = await answer<{ rate: number }>(writer);
  await once(writer, 'exit');
  report({ what: 'viewer: entries coming in meanwhile', value: rate, unit: 'entries/s', n: 1 });
  ceiling('viewer: page for one of fifty auditors, p95', quantile(times, 0.95), 1000, 'ms', times.length);
}

/** How soon a browser that was never here shows something of the search page. */
async function paint(url: string, cookie: string): Promise<void> {
  if (!existsSync(CHROMIUM)) return console.log(`viewer: first paint left out, there is no ${CHROMIUM}`);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const times: number[] = [];
  for (let round = 0; round < PAINTED; round++) {
    const context = await browser.newContext({ extraHTTPHeaders: { cookie } });
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
    times.push(
      await page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime"),
    );
    await context.close();
  }
  await browser.close();
  ceiling('viewer: first paint, p95', quantile(times, 0.95), 1000, 'ms', times.length);
}

/** The page and all that it loads, as it travels. */
async function weigh(url: string, cookie: string): Promise<void> {
  const { text } = await get(url, '/', cookie);
  const paths = [...text.matchAll(/(?:src|href)="(\/public\/[^"]+)"/g)].map(([, path]) => path ?? '');
  let bytes = gzipSync(text).length;
  for (const path of new Set(paths)) bytes += gzipSync((await get(url, path, cookie)).text).length;
  ceiling(
    'viewer: bytes of the search page and what it loads, gzip',
    bytes / 1000,
    MOST_BYTES / 1000,
    'kB',
    1,
  );
}

async function logIn(url: string, name: string, token: string): Promise<string> {
  const response = await fetch(`${url}/login`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ name, token }) },
  });
  const [cookie = ''] = response.headers.getSetCookie().map((each) => each.split(';', 1)[0] ?? '');
  if (cookie === '') throw new Error(`the log-in answered ${response.status}`);
  return cookie;
}

async function get(url: string, path: string, cookie: string): Promise<{ text: string; took: number }> {
  const start = performance.now();
  const response = await fetch(url + path, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return { text, took: performance.now() - start };
}

/** Resident memory, MB. */
function memory({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  return message;
}
