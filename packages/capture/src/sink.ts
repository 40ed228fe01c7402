import type { AccessEvent, CompiledRegister, ControlRecord, RegisterDocument } from '@zegel/log';

/** Accesses that went unlogged under one activity, as they are chained when the log is back. */
export interface Gap {
  /** UUID: the same gap given twice is one entry, where the sink can tell. */
  readonly id: string;
  readonly activity: string;
  readonly service: string;
  readonly count: number;
  /** Times of the first and the last, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly from: string;
  readonly to: string;
}

/** What a sink answers for one event, once it is durable. */
export interface CaptureReceipt {
  readonly durable: 'log' | 'outbox';
  /** Index of the entry; absent in an outbox. */
  readonly index?: number;
  /** Of an outbox: the log's own receipt, later. */
  readonly logged?: Promise<{ readonly index?: number }>;
}

/**
 * Where entries go. A log of `@zegel/log`, a client and a test log fit as they are. `append` resolves when every event is
 * durable, and appends all or none.
 */
export interface CaptureSink<R extends RegisterDocument = RegisterDocument> {
  readonly register?: CompiledRegister<R> | undefined;
  append(events: readonly AccessEvent[]): Promise<readonly CaptureReceipt[]>;
  /** Chains a gap, once per `id`. */
  gap?(gap: Gap): Promise<unknown>;
  /** Appends an entry of another kind, once per `id`; used for gaps where there is no `gap`. */
  record?(record: ControlRecord & { readonly id: string }): Promise<unknown>;
}
