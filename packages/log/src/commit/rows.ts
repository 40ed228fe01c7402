import { formatUuid } from '@zegel/core';
import { FLAG, type SealedBatch } from '../protocol.ts';

const ID = 16;

/** One event of a sealed batch: its rows are the entries (parts) it became. */
export interface SealedEvent {
  readonly request: number;
  readonly position: number;
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly named: boolean;
  /** The vault remembers another event under this id. */
  readonly differs: boolean;
  /** The request is appended whole or not at all. */
  readonly all: boolean;
  /** Destroyed handles that were known of when it was sealed. */
  readonly known: number;
  /** Pieces of each part's draft; none for an event that stands in the log already. */
  readonly drafts: readonly (readonly string[])[];
}

/** Takes a batch apart. */
export function eventsOf(batch: SealedBatch): SealedEvent[] {
  const lines = batch.text.split('\n');
  const events: SealedEvent[] = [];
  let line = 0;
  let row = 0;
  while (row < batch.requests.length) {
    const flags = batch.flags[row] ?? 0;
    const width = flags & FLAG.control ? 5 : 4;
    const parts = batch.partsOf[row] ?? 0;
    const drafts: string[][] = [];
    for (let part = 0; part < parts; part++, line += width) drafts.push(lines.slice(line, line + width));
    events.push({
      request: batch.requests[row] ?? 0,
      position: batch.positions[row] ?? 0,
      id: batch.ids.subarray(row * ID, row * ID + ID),
      named: (flags & FLAG.named) !== 0,
      differs: (flags & FLAG.differs) !== 0,
      all: (flags & FLAG.all) !== 0,
      known: batch.known,
      drafts,
    });
    row += Math.max(1, parts);
  }
  return events;
}

/** Events of one batch grouped by request, in order. */
export function byRequest(events: readonly SealedEvent[]): ReadonlyMap<number, readonly SealedEvent[]> {
  const groups = new Map<number, SealedEvent[]>();
  for (const event of events) {
    const group = groups.get(event.request);
    if (group === undefined) groups.set(event.request, [event]);
    else group.push(event);
  }
  return groups;
}

/** Receipts being collected, in columns. */
export class ReceiptColumns {
  readonly #requests: number[] = [];
  readonly #positions: number[] = [];
  readonly #indexes: number[] = [];
  readonly #counts: number[] = [];
  #leafHashes = '';
  #entries = '';

  add(event: SealedEvent, index: number, count: number, leafHash: string): void {
    this.#requests.push(event.request);
    this.#positions.push(event.position);
    this.#indexes.push(index);
    this.#counts.push(count);
    this.#leafHashes += leafHash;
    this.#entries += formatUuid(event.id);
  }

  get size(): number {
    return this.#requests.length;
  }

  columns(): {
    requests: Int32Array;
    positions: Int32Array;
    indexes: Float64Array;
    counts: Uint16Array;
    leafHashes: string;
    entries: string;
  } {
    return {
      requests: Int32Array.from(this.#requests),
      positions: Int32Array.from(this.#positions),
      indexes: Float64Array.from(this.#indexes),
      counts: Uint16Array.from(this.#counts),
      leafHashes: this.#leafHashes,
      entries: this.#entries,
    };
  }
}
