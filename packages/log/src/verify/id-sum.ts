import { sha256Latin1 } from '@zegel/core';

const LANES = 8;

/**
 * A keyed sum over (id, part, index) rows that does not depend on their order: equal sums under a
 * key that nobody else knows mean equal multisets. So the ids of a log are compared with the store's sorted id table, in which
 * a repeat stands side by side, in memory that does not grow.
 */
export class IdSum {
  readonly #input: Buffer;
  readonly #lanes = new Uint32Array(LANES);
  count = 0;

  /** @param key 16 fresh random bytes, the same for the sums to be compared */
  constructor(key: Uint8Array) {
    this.#input = Buffer.alloc(48);
    this.#input.set(key);
  }

  add(id: Uint8Array, part: number, index: number): void {
    const input = this.#input;
    input.set(id, 16);
    input.writeDoubleBE(part, 32);
    input.writeDoubleBE(index, 40);
    const hash = sha256Latin1(input);
    for (let lane = 0; lane < LANES; lane++)
      this.#lanes[lane] = (this.#lanes[lane] ?? 0) + word(hash, lane * 4);
    this.count++;
  }

  /** To be carried to another thread. */
  state(): { readonly count: number; readonly lanes: Uint32Array } {
    return { count: this.count, lanes: this.#lanes };
  }

  /** Whether this is the sum that another thread carried over. */
  matches(state: { readonly count: number; readonly lanes: Uint32Array }): boolean {
    return this.count === state.count && this.#lanes.every((lane, i) => lane === state.lanes[i]);
  }
}

function word(hash: string, at: number): number {
  return (
    ((hash.charCodeAt(at) << 24) |
      (hash.charCodeAt(at + 1) << 16) |
      (hash.charCodeAt(at + 2) << 8) |
      hash.charCodeAt(at + 3)) >>>
    0
  );
}
