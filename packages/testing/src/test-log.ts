import { randomBytes } from 'node:crypto';
import type { Gap } from '@zegel/capture';
import { formatUuid, timeText, uuidV7 } from '@zegel/core';
import {
  type AccessEvent,
  type CompiledRegister,
  compileRegister,
  EventError,
  isProblems,
  LogError,
  type NormalizedSubject,
  parseRegister,
  type Receipt,
  type Refusal,
  type RegisterDocument,
  type Sink,
  validateEvent,
} from '@zegel/log';

/** An access as it was appended: in clear, with its defaults filled in. */
export interface TestAccess extends AccessEvent {
  readonly index: number;
  readonly occurred: string;
  readonly operation: string;
  readonly outcome: NonNullable<AccessEvent['outcome']>;
  readonly subjects: readonly NormalizedSubject[];
}

/** `down`: every append fails · `slow`: appends wait, and land when the failure is lifted. */
export type TestFailure = 'down' | 'slow';

/** How a test log is made. */
export interface TestLogOptions {
  /** Its clock, which stands still by default at 2026-01-01T12:00:00.000Z. */
  readonly now?: () => Date;
}

const RANDOM_BYTES = 10;
const NOON = Date.UTC(2026, 0, 1, 12);

/** A log for tests: checks events as a log does, keeps them in memory in clear, and fails on demand. */
export interface TestLog<R extends RegisterDocument = RegisterDocument> extends Sink {
  readonly register: CompiledRegister<R>;
  /** Chains a gap, once per id. */
  gap(gap: Gap): Promise<Receipt>;
  /** What was appended so far, oldest first. */
  accesses(): readonly TestAccess[];
  /** Gaps chained so far. */
  gaps(): readonly Gap[];
  /** Fails from here on, or works again. */
  fail(how: TestFailure | undefined): void;
}

/**
 * Makes a {@link TestLog} with a register.
 *
 * @throws RegisterError
 * @example
 * const log = testLog(register);
 * const { access } = capture({ to: log, service: 'shop' });
 */
export function testLog<const R extends RegisterDocument>(
  register: R,
  options: TestLogOptions = {},
): TestLog<R> {
  return new MemoryLog(register, options.now ?? (() => new Date(NOON)));
}

class MemoryLog<R extends RegisterDocument> implements TestLog<R> {
  readonly register: CompiledRegister<R>;
  readonly #now: () => Date;
  readonly #accesses: TestAccess[] = [];
  readonly #gaps: Gap[] = [];
  readonly #ids = new Map<string, { readonly text: string; readonly receipt: Receipt }>();
  #size = 0;
  #failure: TestFailure | undefined;
  #lifted = Promise.withResolvers<void>();

  constructor(register: R, now: () => Date) {
    this.register = compileRegister(parseRegister(register) as R, 1);
    this.#now = now;
  }

  accesses(): readonly TestAccess[] {
    return [...this.#accesses];
  }

  gaps(): readonly Gap[] {
    return [...this.#gaps];
  }

  fail(how: TestFailure | undefined): void {
    this.#failure = how;
    this.#lifted.resolve();
    this.#lifted = Promise.withResolvers();
  }

  async append(events: readonly AccessEvent[]): Promise<readonly Receipt[]> {
    const given = structuredClone(events);
    await this.#ready();
    given.forEach((event, position) => this.#check(event, position));
    return given.map((event) => this.#add(event));
  }

  async appendEach(events: readonly unknown[]): Promise<readonly (Receipt | Refusal)[]> {
    const given = structuredClone(events);
    await this.#ready();
    return given.map((event): Receipt | Refusal => {
      const problems = validateEvent(this.register, event);
      if (isProblems(problems)) return { refused: 'EVENT_INVALID', problems };
      if (this.#conflicts(event as AccessEvent)) return { refused: 'ID_CONFLICT', problems: [] };
      return this.#add(event as AccessEvent);
    });
  }

  async gap(gap: Gap): Promise<Receipt> {
    await this.#ready();
    const known = this.#ids.get(gap.id);
    if (known !== undefined) return known.receipt;
    const receipt = this.#receipt(gap.id);
    this.#ids.set(gap.id, { text: JSON.stringify(gap), receipt });
    this.#gaps.push(Object.freeze({ ...gap }));
    return receipt;
  }

  async #ready(): Promise<void> {
    // A turn of the event loop, as a real log takes at least.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#failure === 'slow') await this.#lifted.promise;
    if (this.#failure === 'down') throw new LogError('LOG_FAILED', 'the test log is down');
  }

  #check(event: AccessEvent, position: number): void {
    const problems = validateEvent(this.register, event);
    if (isProblems(problems)) throw new EventError(problems, position);
    if (this.#conflicts(event)) throw new LogError('ID_CONFLICT', `event ${position} has the id of another`);
  }

  #conflicts(event: AccessEvent): boolean {
    const known = event.id === undefined ? undefined : this.#ids.get(event.id);
    return known !== undefined && known.text !== JSON.stringify(event);
  }

  #add(event: AccessEvent): Receipt {
    const known = event.id === undefined ? undefined : this.#ids.get(event.id);
    if (known !== undefined) return known.receipt;
    const receipt = this.#receipt(event.id);
    if (event.id !== undefined) this.#ids.set(event.id, { text: JSON.stringify(event), receipt });
    const checked = validateEvent(this.register, event);
    if (isProblems(checked)) throw new EventError(checked);
    const { operation, outcome, subjects, fields } = checked;
    const occurred = event.occurred ?? timeText(this.#now().getTime());
    const access = { ...event, index: receipt.index, occurred, operation, outcome, subjects, fields };
    this.#accesses.push(Object.freeze(access));
    return receipt;
  }

  #receipt(id: string | undefined): Receipt {
    const entry = formatUuid(uuidV7(this.#now().getTime(), randomBytes(RANDOM_BYTES)));
    const index = this.#size++;
    // A log of real entries has leaf hashes; here nothing can be proven, and the text says so.
    return { id: id ?? entry, entry, index, count: 1, leafHash: '', durable: 'log' };
  }
}
