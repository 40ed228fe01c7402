import { type AccessEvent, type CompiledRegister, EventError, isProblems, validateEvent } from '@zegel/log';
import { invalid } from './check-declaration.ts';
import { type Entry, eventsOf } from './entry.ts';
import { CaptureError } from './errors.ts';
import type { Counters } from './gaps/counters.ts';
import type { OnProblem } from './problem.ts';
import type { CaptureReceipt, CaptureSink } from './sink.ts';
import { LATE, within } from './wait.ts';

/** What appending needs. */
export interface RecorderParts {
  readonly sink: CaptureSink;
  readonly register: CompiledRegister;
  readonly service: string;
  readonly timeout: number;
  readonly counters: Counters;
  readonly report: OnProblem;
}

/** Nothing had to be appended. */
const NOTHING: Promise<undefined> = Promise.resolve(undefined);

/** Flag of an entry that supplements one which became durable only after its access had been refused. */
const WITHHELD = 'withheld';

/** Appends entries under the policy of their activity. */
export class Recorder {
  readonly #parts: RecorderParts;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /**
   * Appends entries and waits until they are durable; those of one policy together, all or none.
   *
   * @param lenient counts what can't be appended, as `available` does, whatever the policy
   * @returns the receipt of the first entry, undefined where it was counted instead
   * @throws CaptureError under `strict`, `LOG_UNAVAILABLE` or `DECLARATION_INVALID`
   */
  seal(entries: readonly Entry[], lenient = false): Promise<CaptureReceipt | undefined> {
    const [first] = entries;
    if (first === undefined) return NOTHING;
    const isStrict = ({ checked }: Entry): boolean => !lenient && checked.policy === 'strict';
    if (entries.every(isStrict)) return this.#strictly(entries);
    if (!entries.some(isStrict)) return this.#availably(entries);
    return this.#both(
      entries.filter(isStrict),
      entries.filter((entry) => !isStrict(entry)),
      isStrict(first),
    );
  }

  async #both(
    strict: readonly Entry[],
    available: readonly Entry[],
    isFirstStrict: boolean,
  ): Promise<CaptureReceipt | undefined> {
    const [one, other] = await Promise.all([this.#strictly(strict), this.#availably(available)]);
    return isFirstStrict ? one : other;
  }

  async #strictly(entries: readonly Entry[]): Promise<CaptureReceipt | undefined> {
    const activity = entries[0]?.checked.activity ?? '';
    const events = this.#events(entries);
    const appended = this.#append(events);
    let answer: readonly CaptureReceipt[] | typeof LATE;
    try {
      answer = await within(appended, this.#parts.timeout);
    } catch (cause) {
      throw unavailable(activity, cause);
    }
    if (answer !== LATE) return this.#appended(answer);
    appended.then(
      (receipts) => this.#withheld(activity, events, receipts),
      () => undefined, // refused, and not in the log either
    );
    throw unavailable(activity, new Error(`no receipt within ${this.#parts.timeout} ms`));
  }

  async #availably(entries: readonly Entry[]): Promise<CaptureReceipt | undefined> {
    const { counters, timeout } = this.#parts;
    const activities = entries.map(({ checked }) => checked.activity);
    let appended: Promise<readonly CaptureReceipt[]> | undefined;
    let cause: unknown;
    try {
      appended = this.#append(this.#events(entries));
      const answer = await within(appended, timeout);
      if (answer !== LATE) return this.#appended(answer);
      cause = new Error(`no receipt within ${timeout} ms`);
    } catch (error) {
      appended = undefined;
      cause = error;
    }
    await counters.count(activities);
    for (const activity of activities) this.#report('gap', activity, 'an access went unlogged', cause);
    // If it lands after all, it was counted too many; the count is only ever taken back with a receipt in hand.
    appended?.then(
      () => this.#landed(activities),
      () => undefined, // counted already
    );
    return undefined;
  }

  #landed(activities: readonly string[]): void {
    this.#parts.counters.withdraw(activities);
    this.#report('late', activities[0], 'an entry given up is in the log after all');
  }

  /** @throws CaptureError `DECLARATION_INVALID` for what no log would take, such as a role that the register lacks */
  #events(entries: readonly Entry[]): readonly AccessEvent[] {
    const { register, service } = this.#parts;
    const events = entries.flatMap((entry) => eventsOf(service, entry));
    for (const event of events) {
      const checked = validateEvent(register, event);
      if (isProblems(checked)) throw invalid(event.activity, checked);
    }
    return events;
  }

  async #append(events: readonly AccessEvent[]): Promise<readonly CaptureReceipt[]> {
    return this.#parts.sink.append(events);
  }

  #appended(receipts: readonly CaptureReceipt[]): CaptureReceipt | undefined {
    this.#parts.counters.soon();
    return receipts[0];
  }

  /** The log now tells of accesses that were refused: each is supplemented by an entry that says so. */
  #withheld(activity: string, events: readonly AccessEvent[], receipts: readonly CaptureReceipt[]): void {
    this.#report('late', activity, 'an entry became durable after its access had been refused');
    const supplements = events.flatMap((event, i) => supplement(event, receipts[i]));
    if (supplements.length === 0) return;
    this.#append(supplements).catch((cause: unknown) =>
      this.#report('unlogged', activity, 'an entry could not be marked as withheld', cause),
    );
  }

  #report(
    kind: Parameters<OnProblem>[0]['kind'],
    activity: string | undefined,
    message: string,
    cause?: unknown,
  ): void {
    this.#parts.report({ kind, activity, message, ...(cause !== undefined && { cause }) });
  }
}

function supplement(event: AccessEvent, receipt: CaptureReceipt | undefined): readonly AccessEvent[] {
  if (event.outcome === 'error' || event.outcome === 'denied') return [];
  const flags = [...(event.flags ?? []), WITHHELD];
  return [{ ...event, outcome: 'error', flags, ...(receipt?.index !== undefined && { of: receipt.index }) }];
}

function unavailable(activity: string, cause: unknown): CaptureError {
  if (cause instanceof CaptureError) return cause;
  if (cause instanceof EventError) return invalid(activity, cause.problems);
  return new CaptureError('LOG_UNAVAILABLE', 'the access could not be logged', { activity, cause });
}
