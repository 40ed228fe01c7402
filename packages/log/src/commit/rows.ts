import { formatUuid } from '@zegel/core';
import type { Drafts } from '../drafts.ts';
import { FLAG, type SealedBatch } from '../protocol.ts';

const ID = 16;
const MAC = 32;

/** One event of a sealed batch: its rows are the entries (parts) it became. */
export interface SealedEvent {
  readonly request: number;
  readonly position: number;
  /** 16 bytes. */
  readonly id: Uint8Array;
  /** 32 bytes of a named event: the HMAC of it as given. */
  readonly mac: Uint8Array | undefined;
  /** Whether the event that stands in the log under its id is this one; undefined where nobody has looked. */
  readonly standing: 'equal' | 'differs' | undefined;
  /** Where the vault remembered another event under this id: the handles of this one, 16 bytes each. */
  readonly numbers: Uint8Array | undefined;
  /** The request is appended whole or not at all. */
  readonly all: boolean;
  /** Destroyed handles that were known of when it was sealed. */
  readonly known: number;
  /** Drafts of the batch, and which of them are this event's parts; none for an event that stands in the log already. */
  readonly drafts: Drafts;
  readonly first: number;
  readonly count: number;
}

/** Takes a batch apart. */
export function eventsOf(batch: SealedBatch): SealedEvent[] {
  const { requests, positions, ids, partsOf, drafts, known, macs } = batch;
  const events: SealedEvent[] = [];
  let first = 0;
  for (let row = 0; row < requests.length; ) {
    const flags = batch.flags[row] ?? 0;
    const count = partsOf[row] ?? 0;
    events.push({
      request: requests[row] ?? 0,
      position: positions[row] ?? 0,
      id: ids.subarray(row * ID, row * ID + ID),
      mac: flags & FLAG.named ? macs.subarray(row * MAC, row * MAC + MAC) : undefined,
      standing: (flags & FLAG.compared) === 0 ? undefined : flags & FLAG.differs ? 'differs' : 'equal',
      numbers: flags & FLAG.differs ? batch.numbers.get(row) : undefined,
      all: (flags & FLAG.all) !== 0,
      known,
      drafts,
      first,
      count,
    });
    first += count;
    row += Math.max(1, count);
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

const HASH = 43;
const UUID = 36;

/** Receipts being collected, in columns. */
export class ReceiptColumns {
  readonly #requests: number[] = [];
  readonly #positions: number[] = [];
  readonly #indexes: number[] = [];
  readonly #counts: number[] = [];
  // Written at once into buffers: texts that grow by thousands of concatenations are dear to collect.
  #hashes = Buffer.allocUnsafe(HASH * 64);
  #entries = Buffer.allocUnsafe(UUID * 64);

  add(event: SealedEvent, index: number, count: number, leafHash: string): void {
    const { size } = this;
    if (size * HASH === this.#hashes.length) {
      this.#hashes = doubled(this.#hashes);
      this.#entries = doubled(this.#entries);
    }
    this.#hashes.write(leafHash, size * HASH, 'latin1');
    this.#entries.write(formatUuid(event.id), size * UUID, 'latin1');
    this.#requests.push(event.request);
    this.#positions.push(event.position);
    this.#indexes.push(index);
    this.#counts.push(count);
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
      leafHashes: this.#hashes.toString('latin1', 0, HASH * this.size),
      entries: this.#entries.toString('latin1', 0, UUID * this.size),
    };
  }
}

function doubled(buffer: Buffer): Buffer<ArrayBuffer> {
  return Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
}
