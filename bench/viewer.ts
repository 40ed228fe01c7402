import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { ceiling, quantile, report } from './stats.ts';

const AUDITORS = 50;
/** Seconds that fifty auditors work, and milliseconds between two looks of one of them. */
const WORKING = 30;
const THINKING = 3000;
const INCOMING = 2000;
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
  const child = fork(new URL('./viewer-child.ts', import.meta.url), [dir]);
  const { url, name, token } = await answer<{ url: string; name: string; token: string }>(child);
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
  ceiling('viewer: memory', await memory(child), 300, 'MB', 1);
  await crowd(dir, url, cookie);
  ceiling('viewer: memory after fifty auditors', await memory(child), 300, 'MB', 1);
  child.send('end');
  await once(child, 'exit');
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

async function memory(child: ChildProcess): Promise<number> {
  child.send('rss');
  return (await answer<{ rss: number }>(child)).rss / 1e6;
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  return message;
}
