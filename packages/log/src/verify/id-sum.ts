import { assert, permuteBlocks } from '@zegel/core';

const ID = 16;
/** Words of an id, of the block that says its part and index, and of the sum. */
const WORDS = 4;
/** Rows taken together: asking for one alone would cost more than everything else. */
const ROWS = 512;

/**
 * A keyed sum over (id, part, index) rows that does not depend on their order: equal sums under a
 * key that nobody else knows mean equal multisets. So the ids of a log are compared with the store's sorted id table, in which
 * a repeat stands side by side, in memory that does not grow.
 *
 * What is added up, in four words modulo 2^32, is the CBC-MAC of each row, of two blocks: of random numbers, to anyone without the key.
 */
export class IdSum {
  readonly #key: Uint8Array;
  readonly #ids = new Uint8Array(ROWS * ID);
  /** Part and index of each row. */
  readonly #places = new Float64Array(ROWS * 2);
  readonly #lanes = new Uint32Array(WORDS);
  #waiting = 0;
  #count = 0;

  /** @param key 16 fresh random bytes, the same for the sums to be compared */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  get count(): number {
    return this.#count;
  }

  /** @param id 16 bytes */
  add(id: Uint8Array, part: number, index: number): void {
    this.#ids.set(id, this.#waiting * ID);
    this.#place(part, index);
  }

  /** Rows of part 0, the first of them at index `first`. @param ids 16 bytes each */
  addAll(ids: Uint8Array, first: number): void {
    const count = ids.length / ID;
    for (let at = 0; at < count; ) {
      const end = Math.min(count, at + ROWS - this.#waiting);
      this.#ids.set(ids.subarray(at * ID, end * ID), this.#waiting * ID);
      while (at < end) this.#place(0, first + at++);
    }
  }

  /** To be carried to another thread. */
  state(): { readonly count: number; readonly lanes: Uint32Array } {
    this.#flush();
    return { count: this.#count, lanes: this.#lanes };
  }

  /** Whether this is the sum that another thread carried over. */
  matches(state: { readonly count: number; readonly lanes: Uint32Array }): boolean {
    const { count, lanes } = this.state();
    return count === state.count && lanes.every((lane, i) => lane === state.lanes[i]);
  }

  #place(part: number, index: number): void {
    this.#places[2 * this.#waiting] = part;
    this.#places[2 * this.#waiting + 1] = index;
    this.#count++;
    if (++this.#waiting === ROWS) this.#flush();
  }

  #flush(): void {
    const words = this.#waiting * WORDS;
    if (words === 0) return;
    const places = new Uint32Array(this.#places.buffer, 0, words);
    const blocks = wordsOf(permuteBlocks(this.#key, this.#ids.subarray(0, this.#waiting * ID)));
    for (let i = 0; i < words; i++) blocks[i] = (blocks[i] ?? 0) ^ (places[i] ?? 0);
    const macs = wordsOf(permuteBlocks(this.#key, new Uint8Array(blocks.buffer, 0, words * 4)));
    for (let i = 0; i < words; i++) this.#lanes[i % WORDS] = (this.#lanes[i % WORDS] ?? 0) + (macs[i] ?? 0);
    this.#waiting = 0;
  }
}

function wordsOf(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  assert(bytes.length % (4 * WORDS) === 0, 'whole blocks');
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}
