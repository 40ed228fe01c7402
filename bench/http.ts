import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { ceiling, median, quantile, ratio, report } from './stats.ts';

const CONNECTIONS = 64;
const CUSTOMERS = 2000;

interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
  /** Microseconds of the service's CPU per request. */
  readonly cpu: number;
}

/** A Hono route with a strict audited read from SQLite against the same route unaudited, by 64 connections, alternating. */
export async function benchHttp(dir: string, requests: number, rounds: number): Promise<void> {
  const place = join(dir, 'http');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const child = fork(new URL('./http-child.ts', import.meta.url), [place]);
  const { port } = await answer<{ port: number }>(child);
  await load(child, port, 'plain', requests);
  await load(child, port, 'audited', requests); // handles are there afterwards, and the code is warm
  const [plain, audited]: [Load[], Load[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    plain.push(await load(child, port, 'plain', requests));
    audited.push(await load(child, port, 'audited', requests));
  }
  child.send('end');
  await new Promise((resolve) => child.once('exit', resolve));
  const of = (loads: readonly Load[], what: keyof Load): number => median(loads.map((l) => l[what]));
  report({ what: 'route unaudited', value: of(plain, 'perSecond'), unit: 'requests/s', n: rounds });
  report({ what: 'route audited, strict', value: of(audited, 'perSecond'), unit: 'requests/s', n: rounds });
  ratio('audited against unaudited', of(audited, 'perSecond') / of(plain, 'perSecond'), 0.5, rounds);
  ceiling('p99 added by auditing', of(audited, 'p99') - of(plain, 'p99'), 10, 'ms', rounds);
  ceiling('CPU added by auditing', of(audited, 'cpu') - of(plain, 'cpu'), 90, 'us', rounds);
  rmSync(place, { recursive: true });
}

async function load(child: ChildProcess, port: number, route: string, requests: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const latencies: number[] = [];
  const before = await cpuOf(child);
  const start = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < requests) {
      const began = performance.now();
      await request(agent, port, `/${route}/c-${(next++ * 37) % CUSTOMERS}`);
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  const took = performance.now() - start;
  agent.destroy();
  const cpu = ((await cpuOf(child)) - before) / requests;
  return { perSecond: (requests / took) * 1000, p99: quantile(latencies, 0.99), cpu };
}

function request(agent: Agent, port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`));
      response.resume().once('end', resolve);
    }).once('error', reject);
  });
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  return (await answer<{ cpu: number }>(child)).cpu;
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  return message;
}
