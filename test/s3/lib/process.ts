import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Item } from './chain.ts';

/** What a process of writers is to do. */
export interface Task {
  readonly url: string;
  /** Folder for what its writers keep; in memory where there is none. */
  readonly home?: string;
  readonly origin: string;
  /** Of the signing key, hex. */
  readonly seed: string;
  /** The items of each of its writers, in the order in which they are to be there. */
  readonly writers: readonly (readonly Item[])[];
  /** Items in one commit. */
  readonly batch: number;
  readonly busyTimeout: number;
}

const CHILD = fileURLToPath(new URL('../writer-child.ts', import.meta.url));
const PRELOAD = new URL('./kill-at-step.ts', import.meta.url).href;
// Processes are started by the dozen: what they load is compiled once.
const CACHE = mkdtempSync(join(tmpdir(), 'zegel-s3-cache-'));
process.once('exit', () => rmSync(CACHE, { recursive: true, force: true }));

/** A folder for one test. */
export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-s3-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A process of writers, started and waiting. */
export class Writers {
  readonly acknowledged: Map<Item, number> = new Map();
  /** What it said on stderr. */
  complaint = '';
  /** Commits that were refused and tried again; undefined unless it got to the end. */
  refused: number | undefined;
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  readonly #task: Task;
  #text = '';

  /** @param step where it kills itself, see `kill-at-step.ts`; undefined where somebody else does */
  constructor(task: Task, step?: string) {
    this.#task = task;
    const preload = step === undefined ? [] : [`--import=${PRELOAD}`];
    this.#child = spawn(process.execPath, ['--no-warnings', ...preload, CHILD], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_COMPILE_CACHE: CACHE,
        ...(step !== undefined && { ZEGEL_TEST_KILL: step }),
      },
    });
    this.#child.stdin?.on('error', () => undefined); // it may be dead by then
    this.#child.stderr?.on('data', (chunk) => {
      this.complaint += String(chunk);
    });
    this.gone = new Promise((resolve) => this.#child.once('close', () => resolve()));
    this.#ready = new Promise((resolve) => {
      this.#child.stdout?.on('data', (chunk) => {
        this.#take(String(chunk));
        resolve();
      });
      this.#child.once('close', () => resolve());
    });
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  /** Whether it was killed, and did not end by itself. */
  get killed(): boolean {
    return this.#child.signalCode === 'SIGKILL';
  }

  async go(): Promise<void> {
    await this.#ready;
    this.#child.stdin?.write(`${JSON.stringify(this.#task)}\n`);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #take(chunk: string): void {
    const lines = (this.#text + chunk).split('\n');
    this.#text = lines.pop() ?? '';
    for (const line of lines) {
      const [index = '', item = ''] = line.split(' ');
      if (index === 'ended') this.refused = Number(item);
      else if (item !== '') this.acknowledged.set(item, Number(index));
    }
  }
}
