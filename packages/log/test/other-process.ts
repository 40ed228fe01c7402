import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** What a process can be told to do; see `other-process-main.ts`. */
export type Order = 'open' | 'append' | 'destroy' | 'size' | 'close' | 'who';

/** Another process with a log of its own, driven from here. */
export class OtherProcess {
  readonly #child: ChildProcess;
  readonly #waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];

  constructor(env: Readonly<Record<string, string>> = {}) {
    const main = fileURLToPath(new URL('./other-process-main.ts', import.meta.url));
    this.#child = spawn(process.execPath, ['--no-warnings', main], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env, NODE_OPTIONS: '' },
    });
    if (this.#child.stdout !== null)
      createInterface(this.#child.stdout).on('line', (line) => this.#answer(line));
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('the other process is gone'));
    });
    onTestFinished(() => this.kill());
  }

  /** Has it do something. Rejects with an error that has the code of the one met there. */
  tell<T = unknown>(order: Order, ...args: readonly unknown[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ resolve: resolve as (value: unknown) => void, reject });
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
    const { value, code, message } = JSON.parse(line) as { value?: unknown; code?: string; message?: string };
    const waiting = this.#waiting.shift();
    if (message === undefined) waiting?.resolve(value);
    else waiting?.reject(Object.assign(new Error(message), { code }));
  }
}
