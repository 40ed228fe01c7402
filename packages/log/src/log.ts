import { CONSULTATION_ACTIVITY } from '@zegel/core';
import type { CheckpointsOut } from './checkpoints-out.ts';
import { EventError } from './event/error.ts';
import type { AccessEvent } from './event/types.ts';
import { LogError } from './errors.ts';
import { idOf, snapshot } from './given.ts';
import type { Pipeline, PipelineEvents } from './pipeline.ts';
import type { ControlRecord, Receipts } from './protocol.ts';
import type { AppendOptions, Receipt, Refusal, Sink } from './receipt.ts';
import { type LogReader, StoreReader } from './reader.ts';
import type { CompiledRegister } from './register/compile.ts';
import type { RegisterDocument } from './register/types.ts';
import { Requests } from './requests.ts';
import type { VaultReader } from './vault/reader.ts';

/** Which handles to destroy, and why (format v1 §3, `retention`). */
export interface Destruction {
  /** 16 bytes each. */
  readonly numbers: readonly Uint8Array[];
  /** Key of the activity whose term ended. */
  readonly activity: string;
  /** Key of the rule, such as `retention` or `erasure`. */
  readonly rule: string;
  /** `YYYY-MM-DDTHH:mm:ss.sssZ`: what ended before it. */
  readonly cutoff?: string;
}

/** An open log: takes events, reads entries, and knows whom they name. Close it, or use `await using`. */
export interface Log<R extends RegisterDocument = RegisterDocument> extends Sink, LogReader {
  readonly register: CompiledRegister<R>;
  readonly vault: VaultReader;
  append(events: readonly AccessEvent[], options?: AppendOptions): Promise<readonly Receipt[]>;
  appendEach(events: readonly unknown[], options?: AppendOptions): Promise<readonly (Receipt | Refusal)[]>;
  /**
   * Appends that somebody consulted the log: an ordinary access under the built-in activity `zegel-consultation`, which
   * callers of `append` can't name. Fields are those of the query, never its terms.
   */
  consult(consultation: Omit<AccessEvent, 'activity'>): Promise<Receipt>;
  /** Appends an entry of a kind other than `access`. @throws EventError, LogError, StoreFailure */
  record(record: ControlRecord, options?: AppendOptions): Promise<Receipt>;
  /**
   * Destroys handles: first a durable `retention` entry that names them, then the handles on every page of the vault. A
   * crash in between is made good on the next opening.
   *
   * @returns the receipt of the entry and how many handles were destroyed
   */
  destroy(destruction: Destruction): Promise<{ readonly receipt: Receipt; readonly destroyed: number }>;
}

/** Events under way above which an append waits for its turn: bounds memory under a flood. */
const MOST_PENDING = 16_384;
/** Entries of a commit, in every store: an append of all or none is one. A segment in S3 has no more. */
const MOST_AT_ONCE = 65_536;
/** Receipts handed out in one turn of the event loop, under a millisecond's worth. */
const RECEIPTS_PER_TURN = 256;
/** Handle numbers per part of a `retention` entry, 25 bytes each. */
const NUMBERS_PER_PART = 2000;

/** What an open log is made of. */
export interface LogParts {
  readonly reader: StoreReader;
  readonly vault: VaultReader;
  readonly register: CompiledRegister;
  readonly checkpoints: CheckpointsOut;
  readonly start: (events: PipelineEvents) => Promise<Pipeline>;
}

/** {@link Log} over two worker threads and a store of its own for reading. */
export class OpenedLog extends StoreReader implements Log {
  readonly register: CompiledRegister;
  readonly vault: VaultReader;
  readonly #requests = new Requests();
  readonly #checkpoints: CheckpointsOut;
  #pipeline: Pipeline | undefined;
  #gone: LogError | undefined;
  #turns: (() => void)[] = [];
  readonly #arrived: { readonly receipts: Receipts; at: number }[] = [];

  private constructor(parts: LogParts) {
    super(parts.reader.store, parts.reader);
    this.register = parts.register;
    this.vault = parts.vault;
    this.#checkpoints = parts.checkpoints;
  }

  static async start(parts: LogParts): Promise<OpenedLog> {
    const log = new OpenedLog(parts);
    log.#pipeline = await parts.start({
      receipts: (r) => log.#receipts(r),
      refused: (r) => log.#after(() => log.#requests.refused(r.request, r.refusals)),
      done: (request, value) => log.#after(() => log.#requests.done(request, value)),
      failed: (request, error) => log.#after(() => log.#requests.failed(request, error)),
      broken: (error) => log.#broken(error),
    });
    return log;
  }

  async append(events: readonly AccessEvent[], options: AppendOptions = {}): Promise<readonly Receipt[]> {
    return (await this.#append(events, true, options)) as readonly Receipt[];
  }

  appendEach(
    events: readonly unknown[],
    options: AppendOptions = {},
  ): Promise<readonly (Receipt | Refusal)[]> {
    return this.#append(events, false, options);
  }

  async consult(consultation: Omit<AccessEvent, 'activity'>): Promise<Receipt> {
    const [receipt] = (await this.#append(
      [{ ...consultation, activity: CONSULTATION_ACTIVITY }],
      true,
      {},
      true,
    )) as readonly Receipt[];
    if (receipt === undefined)
      throw new LogError('LOG_FAILED', 'a consultation was appended without a receipt');
    return receipt;
  }

  async record(record: ControlRecord, { source = '' }: AppendOptions = {}): Promise<Receipt> {
    // An entry that names handles and leaves them where they are would be found by verification: destroy() does both.
    if (
      record.kind === 'retention' &&
      record.bodies.some((b) => Array.isArray(b['handles']) && b['handles'].length > 0)
    )
      throw new EventError([{ path: '/bodies', message: 'name handles, which only destroy() may' }]);
    return this.#record(record, source);
  }

  async #record(
    record: ControlRecord,
    source: string,
    destroys?: { request: number; numbers: readonly Uint8Array[] },
  ): Promise<Receipt> {
    const pipeline = this.#open();
    const message = {
      kind: 'control',
      record: structuredClone(record),
      source,
      ...(destroys && { destroys }),
    } as const;
    const { request, results } = this.#requests.append([record.id], true);
    pipeline.hold(true);
    pipeline.send({ ...message, request });
    const [receipt] = (await results) as readonly Receipt[];
    if (receipt === undefined) throw new LogError('LOG_FAILED', 'an entry was appended without a receipt');
    return receipt;
  }

  async destroy({
    numbers,
    activity,
    rule,
    cutoff,
  }: Destruction): Promise<{ receipt: Receipt; destroyed: number }> {
    const handles = [...new Set(numbers.map((n) => Buffer.from(n).toString('base64url')))].sort();
    if (handles.length === 0) throw new LogError('HANDLE_UNKNOWN', 'there is no handle to destroy');
    const bodies = Array.from({ length: Math.ceil(handles.length / NUMBERS_PER_PART) }, (_, i) => ({
      activity,
      rule,
      ...(cutoff !== undefined && { cutoff }),
      handles: handles.slice(i * NUMBERS_PER_PART, (i + 1) * NUMBERS_PER_PART),
      ranges: [],
    }));
    const { request, value } = this.#requests.other();
    // Between the two: if we crash there, the entry is durable and the vault destroys the handles when it is next opened.
    const entry = this.#record({ kind: 'retention', bodies }, '', { request, numbers });
    entry.catch((error: Error) => this.#requests.failed(request, error));
    const [receipt, destroyed] = await Promise.all([entry, value]);
    this.vault.generation();
    return { receipt, destroyed };
  }

  override async close(): Promise<void> {
    const pipeline = this.#pipeline;
    if (pipeline === undefined) return;
    this.#pipeline = undefined;
    while (this.#requests.active) await new Promise<void>((resolve) => this.#turns.push(resolve));
    this.vault.close(); // before the writer's connection, which moves the vault's journal into its file when it is the last
    if (this.#gone === undefined) await pipeline.close();
    await this.#checkpoints.flush();
    await super.close();
  }

  async #append(
    events: readonly unknown[],
    all: boolean,
    { source = '' }: AppendOptions,
    builtin = false,
  ): Promise<readonly (Receipt | Refusal)[]> {
    this.#open();
    if (all && events.length > MOST_AT_ONCE) throw tooMany(events.length);
    const text = snapshot(events); // before any wait: what the caller changes afterwards changes nothing here
    const ids = events.map(idOf);
    if (ids.length === 0) return [];
    while (this.#requests.events > MOST_PENDING)
      await new Promise<void>((resolve) => this.#turns.push(resolve));
    const pipeline = this.#open();
    const { request, results } = this.#requests.append(ids, all);
    pipeline.hold(true);
    pipeline.send({ kind: 'events', request, text, count: ids.length, all, source, builtin });
    return results;
  }

  #open(): Pipeline {
    if (this.#gone !== undefined) throw this.#gone;
    if (this.#pipeline === undefined) throw new LogError('LOG_CLOSED', 'the log is closed');
    return this.#pipeline;
  }

  #receipts(receipts: Receipts): void {
    this.#arrived.push({ receipts, at: 0 });
    if (this.#arrived.length === 1) this.#deliver();
    if (receipts.note !== undefined) this.#checkpoints.push(receipts.note);
  }

  /** Hands out receipts, so many a turn, that the caller's event loop is not held up by those of a large commit. */
  #deliver(): void {
    const [next] = this.#arrived;
    if (next === undefined) return;
    const to = next.at + RECEIPTS_PER_TURN;
    this.#after(() => this.#requests.receipts(next.receipts, next.at, to));
    next.at = to;
    if (to >= next.receipts.requests.length) this.#arrived.shift();
    if (this.#arrived.length > 0) setImmediate(() => this.#deliver());
  }

  #broken(error: LogError): void {
    this.#gone = error;
    this.#after(() => this.#requests.broken(error));
  }

  /** Does something that may settle requests, then lets those that wait for room or for silence look again. */
  #after(settle: () => void): void {
    settle();
    if (!this.#requests.active) this.#pipeline?.hold(false);
    const turns = this.#turns;
    this.#turns = [];
    for (const turn of turns) turn();
  }
}

function tooMany(count: number): EventError {
  const message = `${count} events: all or none of them at most ${MOST_AT_ONCE}; appendEach takes more`;
  return new EventError([{ path: '/', message }]);
}
