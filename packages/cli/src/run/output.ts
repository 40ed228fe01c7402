import type { Writable } from 'node:stream';
import { CliError } from './cli-error.ts';

/** Standard output with back-pressure: a write resolves when the stream takes more. */
export class Output {
  readonly #stream: Writable;
  #error: Error | undefined;
  #waiting: (() => void)[] = [];

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error: Error) => {
      this.#error ??= error;
      this.#wake();
    });
    stream.on('drain', () => this.#wake());
    stream.on('close', () => this.#wake());
  }

  /** @throws CliError `OUTPUT_CLOSED` when nobody reads any more (`| head`), `OUTPUT_FAILED` when it can't be written */
  async write(data: string | Uint8Array): Promise<void> {
    this.#check();
    if (this.#stream.write(data)) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#check();
  }

  /** Resolves when everything written has been handed to the system. */
  async flush(): Promise<void> {
    this.#check();
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      this.#stream.write('', () => resolve());
    });
    this.#check();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  #check(): void {
    const error = this.#error;
    if (error === undefined && !this.#stream.destroyed) return;
    if (error === undefined || ('code' in error && error.code === 'EPIPE'))
      throw new CliError('OUTPUT_CLOSED', 'nobody reads the output any more', { cause: error });
    throw new CliError('OUTPUT_FAILED', `the output can't be written: ${error.message}`, { cause: error });
  }
}
