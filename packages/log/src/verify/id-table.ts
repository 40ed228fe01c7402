import { type DuplicateId, type IdCollector, type Report } from '@zegel/core';
import type { LogStore } from '../port.ts';
import { idsOf } from './id-pass.ts';
import { IdSum } from './id-sum.ts';

const ID = 16;

/** Index ranges without bodies, ascending: their ids can't be read any more. */
export class PrunedRanges {
  readonly #ranges: [first: number, last: number][];

  constructor(ranges: readonly (readonly [number, number])[] = []) {
    this.#ranges = ranges.map(([first, last]) => [first, last]);
  }

  add(index: number): void {
    const last = this.#ranges.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else this.#ranges.push([index, index]);
  }

  has(index: number): boolean {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const range = this.#ranges[middle];
      if (range !== undefined && range[1] < index) low = middle + 1;
      else high = middle;
    }
    const found = this.#ranges[low];
    return found !== undefined && found[0] <= index;
  }

  list(): readonly (readonly [number, number])[] {
    return this.#ranges;
  }
}

/** How the store's id table is to be summed up. */
export interface TableAsked {
  /** 16 bytes, the key of the {@link IdSum}. */
  readonly key: Uint8Array;
  /** Index ranges whose rows are left out: their bodies are gone. */
  readonly pruned: readonly (readonly [number, number])[];
  /** Entries that were checked. Rows beyond belong to what other writers have appended since. */
  readonly size: number;
}

/** What summing up the store's id table gave: its sum, and ids that stand in it twice. */
export interface TableSum {
  readonly sum: { readonly count: number; readonly lanes: Uint32Array };
  readonly duplicates: readonly DuplicateId[];
  /** The table is not sorted by id and part, or holds what is no id, so that its sum proves nothing. */
  readonly disordered: boolean;
  /** Greatest index in it. */
  readonly last: number;
}

/** Sums up the store's id table, leaving out rows of pruned entries. */
export async function sumTable(store: LogStore, asked: TableAsked): Promise<TableSum> {
  const pruned = new PrunedRanges(asked.pruned);
  const sum = new IdSum(asked.key);
  const duplicates: DuplicateId[] = [];
  let disordered = false;
  let greatest = -1;
  let last: { readonly id: Uint8Array; readonly part: number; readonly index: number } | undefined;
  for await (const rows of store.idRows()) {
    for (const row of rows) {
      if (last !== undefined) {
        const order = Buffer.compare(last.id, row.id);
        if (order > 0 || (order === 0 && last.part >= row.part)) disordered = true;
        if (order === 0 && last.part === 0)
          duplicates.push({ index: Math.max(row.index, last.index), first: Math.min(row.index, last.index) });
      }
      if (row.id.length !== ID) disordered = true;
      else if (row.index < asked.size && !pruned.has(row.index)) sum.add(row.id, row.part, row.index);
      greatest = Math.max(greatest, row.index);
      last = row;
    }
  }
  return { sum: sum.state(), duplicates, disordered, last: greatest };
}

/** Collects the ids of a full check as a sum; what repeats is found by comparing with the table. */
export class SummingIds implements IdCollector {
  readonly key: Uint8Array;
  readonly sum: IdSum;
  #duplicates: readonly DuplicateId[] = [];

  constructor(key: Uint8Array) {
    this.key = key;
    this.sum = new IdSum(key);
  }

  collect(id: Uint8Array, part: number, index: number): void {
    this.sum.add(id, part, index);
  }

  collectAll(ids: Uint8Array, first: number): void {
    this.sum.addAll(ids, first);
  }

  /** What the comparison found, to be told with everything else. */
  found(duplicates: readonly DuplicateId[]): void {
    this.#duplicates = duplicates;
  }

  duplicates(): Iterable<DuplicateId> {
    return this.#duplicates;
  }
}

/** The ids of what is new, looked up one by one in the table. For an incremental check. */
export class LookedUpIds implements IdCollector {
  readonly #rows: { readonly id: Uint8Array; readonly part: number; readonly index: number }[] = [];
  #duplicates: DuplicateId[] = [];

  collect(id: Uint8Array, part: number, index: number): void {
    this.#rows.push({ id: Uint8Array.from(id), part, index });
  }

  collectAll(ids: Uint8Array, first: number): void {
    for (let i = 0; i < ids.length / ID; i++) this.collect(ids.subarray(i * ID, (i + 1) * ID), 0, first + i);
  }

  /** Compares what was collected with the store's table. */
  async lookUp(store: LogStore, report: Report): Promise<void> {
    for (const { id, part, index } of this.#rows) {
      const first = await store.findById(id);
      const own = part <= 1 ? index : index - part + 1;
      if (first === undefined)
        report({ code: 'id-table', index, message: 'the id of this entry is not in the id table' });
      else if (first < own) this.#duplicates.push({ index, first });
      else if (first > own)
        report({
          code: 'id-table',
          index,
          message: `the id table gives entry ${first} for the id of this one`,
        });
    }
    this.#rows.length = 0;
  }

  duplicates(): Iterable<DuplicateId> {
    return this.#duplicates;
  }
}

/** Finds by name what differs between the ids of the first `size` entries and the table, when their sums do. Reads both once more. */
export async function compareIds(
  store: LogStore,
  size: number,
  pruned: PrunedRanges,
  report: Report,
): Promise<DuplicateId[]> {
  const seen = new Map<string, { part: number; index: number }[]>();
  const duplicates: DuplicateId[] = [];
  for await (const { id, part, index } of idsOf(store, size)) {
    const key = Buffer.from(id).toString('latin1');
    const rows = seen.get(key) ?? [];
    const before = rows.find((r) => r.part === part || r.part === 0 || part === 0);
    if (before !== undefined) duplicates.push({ index, first: before.index });
    rows.push({ part, index });
    seen.set(key, rows);
  }
  const indexes = new Map([...seen.values()].flat().map((r) => [r.index, r.part]));
  for await (const rows of store.idRows())
    for (const { id, part, index } of rows) {
      const there = seen
        .get(Buffer.from(id).toString('latin1'))
        ?.some((r) => r.index === index && r.part === part);
      if (there || pruned.has(index) || index >= size) indexes.delete(index);
      else report({ code: 'id-table', index, message: 'the id table has a row that no entry bears out' });
    }
  for (const index of indexes.keys())
    if (!duplicates.some((d) => d.index === index))
      report({ code: 'id-table', index, message: 'the id of this entry is not in the id table' });
  return duplicates;
}
