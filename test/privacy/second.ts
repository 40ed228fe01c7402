import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** What the second process can be told to do; see `second-main.ts`. */
export type Order = 'open' | 'append' | 'storm' | 'live' | 'whom' | 'destroy' | 'read' | 'release' | 'close';

const DOOM = `--import=${new URL('./die-before-destroying.ts', import.meta.url).href}`;

/** A second process on the same log, driven from here. */
export class Second {
  readonly #child: ChildProcess;
  readonly #waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];

  /** @param doomed it dies when it is about to destroy a handle, the entry that says so being durable */
  constructor(dir: string, doomed = false) {
    const main = fileURLToPath(new URL('./second-main.ts', import.meta.url));
    this.#child = spawn(process.execPath, ['--no-warnings', ...(doomed ? [DOOM] : []), main, dir], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    if (this.#child.stdout !== null)
      createInterface(this.#child.stdout).on('line', (line) => this.#answer(line));
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('the second process is gone'));
    });
    onTestFinished(() => this.kill());
  }

  tell(order: Order, ...args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin?.write(`${JSON.stringify([order, ...args])}\n`);
    });
  }

  /** kill -9, and waits until it is dead. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }

  #answer(line: string): void {
    const { value, error } = JSON.parse(line) as { value?: unknown; error?: string };
    const waiting = this.#waiting.shift();
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }
}
