/** Chance that comes out the same for the same seed: a linear congruential generator of 48 bits, as drand48 has it. */
export class Chance {
  #state: bigint;

  constructor(seed: number) {
    this.#state = (BigInt(seed) << 16n) | 0x330en;
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state * 0x5deece66dn + 0xbn) & 0xffffffffffffn;
    return Number(this.#state) / 2 ** 48;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True so often out of one. */
  holds(share: number): boolean {
    return this.next() < share;
  }

  /** One of a list that is not empty. */
  one<T>(list: readonly T[]): T {
    const found = list[this.whole(0, list.length - 1)];
    if (found === undefined) throw new RangeError('there is nothing to choose from');
    return found;
  }

  /** Lower-case letters and digits. */
  letters(count: number): string {
    return Array.from({ length: count }, () => this.whole(0, 35).toString(36)).join('');
  }
}
