import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLog, openReader, openVaultReader, verifyLog } from '@zegel/log';
import { AccessFile } from '@zegel/viewer';
import { expect, onTestFinished } from 'vitest';

// Processes are started by the dozen: what they load is compiled once.
const CACHE = mkdtempSync(join(tmpdir(), 'zegel-outbox-cache-'));
process.once('exit', () => rmSync(CACHE, { recursive: true, force: true }));

/** A child process, and the lines that it tells. */
class Child {
  readonly lines: string[] = [];
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  #text = '';
  #more: () => void = () => undefined;

  constructor(name: string, args: readonly string[]) {
    const main = fileURLToPath(new URL(`./${name}-child.ts`, import.meta.url));
    this.#child = spawn(process.execPath, ['--no-warnings', main, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: CACHE },
    });
    this.#child.stdout?.on('data', (chunk) => this.#take(String(chunk)));
    this.gone = new Promise((resolve) => this.#child.once('close', () => resolve()));
    this.#child.once('close', () => this.#more());
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  /** Resolves when so many lines have been told, or when it is gone. */
  async told(count: number): Promise<void> {
    while (this.lines.length < count && this.#child.exitCode === null && this.#child.signalCode === null)
      await new Promise<void>((resolve) => {
        this.#more = resolve;
      });
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#child.kill(signal);
    await this.gone;
  }

  #take(chunk: string): void {
    const lines = (this.#text + chunk).split('\n');
    this.#text = lines.pop() ?? '';
    this.lines.push(...lines);
    this.#more();
  }
}

/** What was done to a pair of client and collector, and what came of it. */
export interface Drilled {
  /** Events that the client acknowledged. */
  readonly acknowledged: number;
  readonly entries: number;
}

/**
 * Kills client, collector or both at random moments under load, over and over, and then lets them finish: everything that
 * was acknowledged is in the log exactly once, in order.
 */
export async function killAtRandom(rounds: number): Promise<Drilled> {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-outbox-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const [log, outbox] = [join(dir, 'audit'), join(dir, 'outbox.db')];
  await (await openLog(log, { create: { origin: 'crash.example/audit' } })).close();
  const token = await newToken(log);
  let collector = new Child('collector', [log, '0']);
  await collector.told(1);
  const url = collector.lines[0] ?? '';
  const collect = (): Child => new Child('collector', [log, new URL(url).port]);
  const acknowledged: string[] = [];
  let run = 0;
  const begin = (): Child => new Child('client', [url, token, outbox, String(run)]);
  let client = begin();
  for (let round = 0; round < rounds; round++) {
    // Mostly while they are at work, but now and then while one of them still opens.
    if (round % 4 !== 3)
      await Promise.all([collector.told(1), client.told(1 + Math.floor(Math.random() * 40))]);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 250));
    // In turn: the client, the collector, both.
    if (round % 3 !== 0) {
      await collector.end('SIGKILL');
      collector = collect();
    }
    if (round % 3 !== 1) {
      await client.end('SIGKILL');
      acknowledged.push(...keptBy(client, run++));
      client = begin();
    }
  }
  await client.end('SIGKILL');
  acknowledged.push(...keptBy(client, run));
  await collector.told(1);
  const drain = new Child('client', [url, token, outbox, 'drain']);
  await drain.gone;
  expect(drain.lines).toEqual(['left 0 0']);
  await collector.end('SIGTERM');
  return { acknowledged: acknowledged.length, entries: await check(log, acknowledged) };
}

/** Ids of the events that a client acknowledged. */
function keptBy(client: Child, run: number): string[] {
  return client.lines.flatMap((line) => {
    const [, n, count] = line.split(' ');
    return Array.from({ length: Number(count) }, (_, i) => `${run}:${n}:${i}:${count}`);
  });
}

async function newToken(log: string): Promise<string> {
  const access = new AccessFile(log);
  const { text } = await access.newToken('service');
  access.close();
  return text;
}

/** Every acknowledged event once, nothing twice, groups whole, in the order of the appends, and verification is clean. */
async function check(log: string, acknowledged: readonly string[]): Promise<number> {
  const vault = await openVaultReader(log, { heal: false });
  await using reader = await openReader(log);
  const found: string[] = [];
  for await (const chunk of reader.read(2, Number.MAX_SAFE_INTEGER))
    for (const { bytes } of chunk) {
      const entry = JSON.parse(Buffer.from(bytes ?? '').toString()) as {
        id: string;
        subjects: { ref: string; ptr: string }[];
      };
      const [first = { ref: '', ptr: '' }] = entry.subjects;
      found.push(vault.open(Buffer.from(entry.id.replaceAll('-', ''), 'hex'), 2, first)?.id ?? 'nobody');
    }
  const there = new Set(found);
  expect(there.size, 'nothing is there twice').toBe(found.length);
  expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
  expect(found.filter((id) => !isWhole(id, there))).toEqual([]);
  expect(found).toEqual(found.toSorted(inOrder));
  const report = await verifyLog(log, { vault, threads: 1 });
  vault.close();
  expect([...report.failures, ...report.warnings]).toEqual([]);
  return found.length;
}

function isWhole(id: string, there: ReadonlySet<string>): boolean {
  const [run, n, , count] = id.split(':');
  return Array.from({ length: Number(count) }, (_, i) => `${run}:${n}:${i}:${count}`).every((one) =>
    there.has(one),
  );
}

function inOrder(a: string, b: string): number {
  const [x, y] = [a, b].map((id) => id.split(':').map(Number));
  return [0, 1, 2].map((at) => (x?.[at] ?? 0) - (y?.[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
