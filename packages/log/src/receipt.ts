import type { Problem } from './event/problem.ts';
import type { AccessEvent } from './event/types.ts';

/** Proof that an event is in the log: given only once it is durable. */
export interface Receipt {
  /** The caller's id of the event; the entry's where the caller gave none. */
  readonly id: string;
  /** UUID of the entry. */
  readonly entry: string;
  /** Index of the (first part of the) entry. */
  readonly index: number;
  /** Entries that the event became: 1, or the number of its parts. */
  readonly count: number;
  /** b64 leaf hash (RFC 6962 §2.1) of the first part. */
  readonly leafHash: string;
  /** Where it is durable. */
  readonly durable: 'log';
}

/** An event that was not appended, and everything that is wrong with it. */
export interface Refusal {
  /** `EVENT_INVALID`, `ID_CONFLICT`, `TOO_LARGE` or `BAD_ENTRY`. */
  readonly refused: string;
  readonly problems: readonly Problem[];
}

/** How events are appended. */
export interface AppendOptions {
  /** The authenticated source that names the events: the same id from two sources is two events. Default: none. */
  readonly source?: string;
}

/**
 * Anything that takes access events: a log, a client of one, a log for tests. Events are copied when they are given, and
 * wait in the caller's memory while many are under way: who reads them from a file awaits each call.
 */
export interface Sink {
  /**
   * Appends all events or none.
   *
   * @returns receipts in the order of the events, when all of them are durable
   * @throws EventError when any event is refused; LogError `ID_CONFLICT` when an id stands for another event
   *   already; LogError or StoreFailure when the log can't be written
   */
  append(events: readonly AccessEvent[], options?: AppendOptions): Promise<readonly Receipt[]>;
  /** Appends what is good and reports per event, in order. Rejects only when the log can't be written. */
  appendEach(events: readonly unknown[], options?: AppendOptions): Promise<readonly (Receipt | Refusal)[]>;
}
