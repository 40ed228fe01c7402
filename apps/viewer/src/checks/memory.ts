import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { timeText } from '@zegel/core';
import { History } from './history.ts';
import type { Notice } from './notice.ts';
import { type Pin, readPin, writePin } from './pin.ts';

const HEADS = 'heads.json';

/** What is remembered of a log between checks, in a folder that its operator should not be able to write. */
export class Memory {
  readonly history: History;
  /** File of the heads found good, in the form of `zegel verify --state`. */
  readonly heads: string;
  readonly #dir: string;
  #pin: Pin | 'damaged' | undefined;

  constructor(dir: string, onProblem: (text: string) => void) {
    this.#dir = dir;
    this.heads = join(dir, HEADS);
    this.history = new History(dir, onProblem);
    this.#pin = readPin(dir);
  }

  get pin(): Pin | undefined {
    return this.#pin === 'damaged' ? undefined : this.#pin;
  }

  get hasHeads(): boolean {
    return existsSync(this.heads);
  }

  /** What is wrong with the memory itself: who changes a log would like it to be forgotten. */
  damage(): readonly Notice[] {
    const tell = (message: string): Notice[] => [{ code: 'memory-damaged', message }];
    if (this.#pin === 'damaged') return tell('which log was first seen here can not be read any more');
    const good = this.history.last(({ result }) => result === 'good');
    if (good !== undefined && this.#pin === undefined)
      return tell('which log was first seen here is forgotten');
    if (good !== undefined && !this.hasHeads)
      return tell(`the head of ${good.size} entries, found good, is forgotten`);
    return [];
  }

  /** Remembers the log that is here, the first time. */
  see(log: { readonly origin: string | undefined; readonly vkey: string | undefined }, now: number): void {
    const { origin, vkey } = log;
    if (this.#pin !== undefined || origin === undefined || vkey === undefined) return;
    this.#pin = { origin, vkey, since: timeText(now) };
    writePin(this.#dir, this.#pin);
  }
}
