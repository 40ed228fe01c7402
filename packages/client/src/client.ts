import type {
  AccessEvent,
  AppendOptions,
  CompiledRegister,
  OutboxReceipt,
  Refusal,
  Sink,
  RegisterDocument,
} from '@zegel/log';
import type { ClientProblem, RefusedLine } from './protocol.ts';

/** So many accesses under one activity went unlogged. */
export interface Gap {
  readonly activity: string;
  readonly service: string;
  readonly count: number;
  /** `YYYY-MM-DDTHH:mm:ss.sssZ`: the first of them. */
  readonly from: string;
  /** The last. */
  readonly to: string;
  /** Its own name, so that it is one entry however often it is given. */
  readonly id?: string;
}

/** What is left to do. */
export interface Left {
  /** Events in the outbox that the log has not answered. They are sent when the outbox is opened again. */
  readonly pending: number;
  /** What keeps them there. */
  readonly problem: ClientProblem | undefined;
}

/** How long to wait. */
export interface WaitOptions {
  /** Milliseconds. */
  readonly timeout?: number;
}

/**
 * Sends events to a collector from another process. An event is durable in the outbox when its receipt is given, and from
 * then on it comes into the log exactly once, in the order of the appends, whatever crashes meanwhile; unless the log
 * refuses it, which `refused()` and `onRefused` tell.
 */
export interface Client<R extends RegisterDocument = RegisterDocument> extends Sink, AsyncDisposable {
  /** The register that the client was given. */
  readonly register: CompiledRegister<R> | undefined;
  /** Events in the outbox, or on their way there. */
  readonly pending: number;
  /** What keeps events from leaving now. */
  readonly problem: ClientProblem | undefined;
  /**
   * Keeps all events or none; the log takes all or none. Waits while more than `maxPending` are in the outbox.
   *
   * @throws EventError when one can't be an event (with a register: when it does not fit it); ClientError
   */
  append(events: readonly AccessEvent[], options?: AppendOptions): Promise<readonly OutboxReceipt[]>;
  /** Keeps what may be an event and reports per event, in order. @throws ClientError */
  appendEach(
    events: readonly unknown[],
    options?: AppendOptions,
  ): Promise<readonly (OutboxReceipt | Refusal)[]>;
  /** Keeps the count of accesses that went unlogged; they become a `gap` entry. @throws ClientError */
  gap(gap: Gap): Promise<OutboxReceipt>;
  /** What the log refused and nobody discarded yet, oldest first, with its reasons. Persons in clear. */
  refused(): Promise<readonly RefusedLine[]>;
  /** Deletes what was refused, when somebody has seen to it. */
  discard(refused: RefusedLine): Promise<void>;
  /**
   * Waits until the log has answered for everything; no longer than `timeout`, nor when the token is refused. Tries at once
   * where it was waiting to try again.
   */
  flush(options?: WaitOptions): Promise<Left>;
  /** Flushes (5 s unless told otherwise), closes the outbox, and says what is left in it. */
  close(options?: WaitOptions): Promise<Left>;
}
