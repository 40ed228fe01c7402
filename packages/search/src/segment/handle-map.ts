const WORDS = 4;
const FIRST_SLOTS = 256;

/**
 * A map by handle numbers (16 random bytes). A Map wants them as strings, and making and hashing these costs more than all else
 * that resolving a mention takes.
 */
export class HandleMap<V> {
  /** Places in `values` counted from 1, by the first bits of the number; the next free slot where that is taken. */
  #slots = new Int32Array(FIRST_SLOTS);
  #words = new Int32Array((WORDS * FIRST_SLOTS) / 2);
  readonly #values: V[] = [];

  get size(): number {
    return this.#values.length;
  }

  get(number: Uint8Array): V | undefined {
    const place = this.#slots[this.#slot(number)] as number;
    return place === 0 ? undefined : this.#values[place - 1];
  }

  /** Sets the value of a number that has none yet. */
  add(number: Uint8Array, value: V): void {
    if (2 * this.#values.length === this.#slots.length) this.#grow();
    const at = WORDS * this.#values.length;
    for (let i = 0; i < WORDS; i++) this.#words[at + i] = wordOf(number, i);
    this.#slots[this.#slot(number)] = this.#values.push(value);
  }

  /** The slot of a number, or the free one where it would go. */
  #slot(number: Uint8Array): number {
    const [slots, words] = [this.#slots, this.#words];
    const [a, b, c, d] = [wordOf(number, 0), wordOf(number, 1), wordOf(number, 2), wordOf(number, 3)];
    const mask = slots.length - 1;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const at = WORDS * ((slots[slot] as number) - 1);
      if (at < 0) return slot;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return slot;
    }
  }

  #grow(): void {
    const words = new Int32Array(2 * this.#words.length);
    words.set(this.#words);
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let place = 1; place <= this.#values.length; place++) {
      let slot = (words[WORDS * (place - 1)] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = place;
    }
    this.#words = words;
    this.#slots = slots;
  }
}

function wordOf(number: Uint8Array, place: number): number {
  const at = 4 * place;
  return (
    (number[at] as number) |
    ((number[at + 1] as number) << 8) |
    ((number[at + 2] as number) << 16) |
    ((number[at + 3] as number) << 24)
  );
}
