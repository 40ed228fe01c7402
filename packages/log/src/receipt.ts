import type { Problem } from './event/problem.ts';
import type { AccessEvent } from './event/types.ts';

/** Proof that an event is in the log: given only once it is durable there. */
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

/**
 * Says that an event is durable on its way to the log: it will be there, exactly once, unless the log refuses it. It has
 * no index yet, so that nothing can name it in `of` before `logged` is there.
 */
export interface OutboxReceipt {
  /** The caller's id of the event, or the one that was made for it. */
  readonly id: string;
  /** Where it is durable. */
  readonly durable: 'outbox';
  /**
   * The log's receipt, once there is one: perhaps never in this process. Rejects when the log refuses the event. Nobody
   * has to wait for it or to catch what it rejects with.
   */
  readonly logged: Promise<Receipt>;
}

/** What a {@link Sink} gives for an event: `durable` says where it is. A log gives {@link Receipt}s only. */
export type SinkReceipt = Receipt | OutboxReceipt;

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
  append(events: readonly AccessEvent[], options?: AppendOptions): Promise<readonly SinkReceipt[]>;
  /** Appends what is good and reports per event, in order. Rejects only when the log can't be written. */
  appendEach(
    events: readonly unknown[],
    options?: AppendOptions,
  ): Promise<readonly (SinkReceipt | Refusal)[]>;
}
