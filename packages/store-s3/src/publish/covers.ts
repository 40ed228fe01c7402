import { TILE_WIDTH } from '@zegel/core';
import { controlsFrom, type EntrySource } from './control-chain.ts';

type Range = readonly [first: number, last: number];

/** Which bodies `retention` entries name as pruned, or to be pruned (format v1 §5). */
export class Covers {
  /** Sorted and disjoint. */
  readonly #ranges: readonly Range[];

  constructor(ranges: readonly Range[]) {
    this.#ranges = merged(ranges);
  }

  /** Those of the `retention` entries from index `from` on. Entries before it can be named by them as well. */
  static async from(log: EntrySource, newest: number, from: number): Promise<Covers> {
    const ranges: Range[] = [];
    for await (const { body } of controlsFrom(log, newest, from))
      if (body['kind'] === 'retention') ranges.push(...rangesOf(body['ranges']));
    return new Covers(ranges);
  }

  /** Whether one of the entries `first` to `last` is named. */
  touch(first: number, last: number): boolean {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#ranges[middle]?.[1] ?? 0) < first) low = middle + 1;
      else high = middle;
    }
    const [begin = Number.POSITIVE_INFINITY] = this.#ranges[low] ?? [];
    return begin <= last;
  }

  /** Numbers of the bundles that hold a named entry, of a log of `size`, each once. */
  *tiles(size: number): Generator<number, void> {
    let next = 0;
    for (const [first, last] of this.#ranges) {
      const end = Math.floor(Math.min(last, size - 1) / TILE_WIDTH);
      for (let tile = Math.max(next, Math.floor(first / TILE_WIDTH)); tile <= end; tile++) yield tile;
      next = Math.max(next, end + 1);
    }
  }
}

function rangesOf(value: unknown): Range[] {
  if (!Array.isArray(value)) return [];
  const isRange = (range: unknown): range is Range =>
    Array.isArray(range) && range.length === 2 && range.every((bound) => Number.isSafeInteger(bound));
  return value.filter(isRange);
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const joined: [number, number][] = [];
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}
