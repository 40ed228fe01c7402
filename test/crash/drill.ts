import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLog, openReader, openVaultReader, verifyLog } from '@zegel/log';
import { expect, onTestFinished } from 'vitest';

/** A folder for one test. */
export function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-crash-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** One receipt as a child told it. */
export interface Told {
  readonly index: number;
  readonly count: number;
  readonly leafHash: string;
}

const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
// Processes are started by the dozen: what they load is compiled once.
const CACHE = mkdtempSync(join(tmpdir(), 'zegel-crash-cache-'));
process.once('exit', () => rmSync(CACHE, { recursive: true, force: true }));
const PRELOAD = new URL('./kill-at-step.ts', import.meta.url).href;

/** A process of writers, started and waiting. */
export class Writers {
  readonly acknowledged: Told[] = [];
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  #text = '';
  #more: () => void = () => undefined;

  /** @param step where it kills itself, see `kill-at-step.ts`; undefined where somebody else does */
  constructor(dir: string, name: string, writers: number, most = 0, step?: string) {
    const preload = step === undefined ? [] : [`--import=${PRELOAD}`];
    const argv = ['--no-warnings', ...preload, CHILD, dir, name, String(writers), String(most)];
    this.child = spawn(process.execPath, argv, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_COMPILE_CACHE: CACHE,
        ...(step !== undefined && { ZEGEL_TEST_KILL: step, ZEGEL_TEST_PRELOAD: PRELOAD }),
      },
    });
    this.child.stdout?.on('data', (chunk) => this.#take(String(chunk)));
    this.child.stdin?.on('error', () => undefined); // it may be dead by then
    this.gone = new Promise((resolve) => this.child.once('close', () => resolve()));
    onTestFinished(() => void this.child.kill('SIGKILL'));
  }

  go(): void {
    this.child.stdin?.write('go\n');
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Resolves when so many receipts have been told, or when it is gone. */
  async reached(count: number): Promise<void> {
    this.child.once('close', () => this.#more());
    while (this.acknowledged.length < count && this.child.exitCode === null && this.child.signalCode === null)
      await new Promise<void>((resolve) => {
        this.#more = resolve;
      });
  }

  #take(chunk: string): void {
    const lines = (this.#text + chunk).split('\n');
    this.#text = lines.pop() ?? '';
    for (const line of lines) {
      const [index, count, leafHash] = line.split(' ');
      if (leafHash !== undefined)
        this.acknowledged.push({ index: Number(index), count: Number(count), leafHash });
    }
    this.#more();
  }
}

interface Entry {
  readonly id: string;
  readonly part?: { readonly number: number; readonly of: number };
  readonly subjects?: readonly { readonly ref: string; readonly ptr: string }[];
}

/** What must hold after any crash: opens, everything acknowledged is there, nothing is half there, verification is clean. */
export async function checkAfterCrash(dir: string, acknowledged: readonly Told[]): Promise<number> {
  await (await openLog(dir, { create: { origin: 'crash.example/audit' } })).close();
  const vault = await openVaultReader(dir, { heal: false });
  await using reader = await openReader(dir);
  const requests = new Map<string, { readonly of: number; readonly seen: Set<string> }>();
  const leaves: string[] = [];
  for await (const chunk of reader.read(0, Number.MAX_SAFE_INTEGER))
    for (const { bytes, leafHash } of chunk) {
      leaves.push(Buffer.from(leafHash).toString('base64url'));
      const entry = JSON.parse(Buffer.from(bytes ?? '').toString()) as Entry;
      const [first] = entry.subjects ?? [];
      if (first === undefined || (entry.part?.number ?? 1) > 1) continue;
      const who = vault.open(Buffer.from(entry.id.replaceAll('-', ''), 'hex'), 2, first)?.id ?? '';
      const [writer, n, count, i] = who.split(':');
      expect(i, `entry ${leaves.length - 1} tells whom it is about`).toBeDefined();
      const request = requests.get(`${writer}:${n}`) ?? { of: Number(count), seen: new Set<string>() };
      expect(request.seen.has(i ?? ''), 'an event is there once').toBe(false);
      requests.set(`${writer}:${n}`, request);
      request.seen.add(i ?? '');
    }
  for (const [name, { of, seen }] of requests) expect(seen.size, `request ${name} is whole`).toBe(of);
  for (const { index, leafHash } of acknowledged)
    expect(leaves[index], `acknowledged entry ${index}`).toBe(leafHash);
  const report = await verifyLog(dir, { vault, threads: 1 });
  vault.close();
  expect([...report.failures, ...report.warnings]).toEqual([]);
  return leaves.length;
}
