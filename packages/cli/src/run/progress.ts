import type { Writable } from 'node:stream';

const PAUSE = 100;

/** A line on a terminal that tells how far long work has come; nothing where nobody looks. */
export class Progress {
  readonly #stream: Writable | undefined;
  #last = 0;
  #shown = false;

  constructor(stream: Writable, shown: boolean) {
    this.#stream = shown ? stream : undefined;
  }

  /** Tells; at most ten times a second. */
  tell(text: () => string): void {
    if (this.#stream === undefined) return;
    const now = performance.now();
    if (this.#shown && now - this.#last < PAUSE) return;
    this.#last = now;
    this.#shown = true;
    this.#stream.write(`\r${text()}\u001b[K`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown) this.#stream?.write('\r\u001b[K');
    this.#shown = false;
  }
}

/** `1,234,567`. */
export function counted(n: number): string {
  return n.toLocaleString('en-US');
}
