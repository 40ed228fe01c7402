import type { EntryIndex } from '@zegel/core';
import type { StoredEntry } from '@zegel/log/port';

/** What the index needs of a log; a `LogReader` fits. */
export interface LogSource {
  readonly origin: string;
  size(): Promise<number>;
  /** Entries `from` (included) to `to` (excluded, clipped at the head), in chunks in index order. */
  read(from: number, to: number): AsyncIterable<readonly StoredEntry[]>;
  /** Entries from `from` on, waiting for new ones until the signal aborts. */
  follow(from: number, signal?: AbortSignal): AsyncIterable<readonly StoredEntry[]>;
  /** Index of the first entry with this UUID (16 bytes). */
  findById(id: Uint8Array): Promise<EntryIndex | undefined>;
}
