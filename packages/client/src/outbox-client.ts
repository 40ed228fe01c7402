import { randomUUID } from 'node:crypto';
import type {
  AccessEvent,
  AppendOptions,
  CompiledRegister,
  OutboxReceipt,
  Receipt,
  Refusal,
} from '@zegel/log';
import type { Client, Gap, Left, WaitOptions } from './client.ts';
import { Connection } from './connection.ts';
import { ClientError } from './errors.ts';
import type { ClientOptions } from './options.ts';
import { prepare, type Prepared, together } from './prepare.ts';
import type { ClientProblem, FromWorker, Line, RefusedLine, WorkerSetup } from './protocol.ts';
import { Room } from './room.ts';
import { UnderWay } from './under-way.ts';

const MOST_PENDING = 100_000;
const CLOSE_TIMEOUT = 5000;

/** {@link Client} over a worker with the outbox. */
export class OutboxClient implements Client {
  readonly register: CompiledRegister | undefined;
  readonly #options: ClientOptions;
  readonly #connection: Connection;
  readonly #room: Room;
  readonly #underWay = new UnderWay();
  readonly #told: (() => void)[] = [];
  #problem: ClientProblem | undefined;
  #gone: ClientError | undefined;

  private constructor(
    options: ClientOptions,
    register: CompiledRegister | undefined,
    connection: Connection,
  ) {
    this.register = register;
    this.#options = options;
    this.#connection = connection;
    this.#room = new Room(options.maxPending ?? MOST_PENDING, connection.ready.pending);
    connection.start({
      settled: (message) => this.#settled(message),
      problem: ({ problem }) => this.#hasProblem(problem),
      lost: (error) => this.#lost(error),
    });
  }

  static async open(
    options: ClientOptions,
    setup: WorkerSetup,
    register: CompiledRegister | undefined,
  ): Promise<OutboxClient> {
    return new OutboxClient(options, register, await Connection.open(setup));
  }

  get pending(): number {
    return this.#room.pending;
  }

  get problem(): ClientProblem | undefined {
    return this.#problem;
  }

  async append(
    events: readonly AccessEvent[],
    options: AppendOptions = {},
  ): Promise<readonly OutboxReceipt[]> {
    this.#check(options);
    if (events.length === 0) return [];
    const prepared = events.map((event) => prepare(event, this.register));
    const line = together(prepared);
    const [logged = []] = await this.#keep([line]);
    return prepared.map((one, at) => receiptOf(one as Prepared, logged[at]));
  }

  async appendEach(
    events: readonly unknown[],
    options: AppendOptions = {},
  ): Promise<readonly (OutboxReceipt | Refusal)[]> {
    this.#check(options);
    const prepared = events.map((event) => prepare(event, this.register));
    const good = prepared.filter((one) => 'text' in one);
    const logged = await this.#keep(good.map(({ text }) => ({ kind: 'events', text, count: 1 })));
    let at = 0;
    return prepared.map((one) => ('refused' in one ? one : receiptOf(one, logged[at++]?.[0])));
  }

  async gap(gap: Gap): Promise<OutboxReceipt> {
    this.#check({});
    const { id = randomUUID(), activity, service, count, from, to } = gap;
    const text = JSON.stringify({ id, activity, service, count, from, to });
    const [logged] = await this.#keep([{ kind: 'gap', text, count: 1 }]);
    return receiptOf({ id, text }, logged?.[0]);
  }

  refused(): Promise<readonly RefusedLine[]> {
    return this.#usable().refused();
  }

  discard({ seq }: RefusedLine): Promise<void> {
    return this.#usable().discard(seq);
  }

  async flush({ timeout }: WaitOptions = {}): Promise<Left> {
    this.#usable();
    const deadline = timeout === undefined ? Infinity : performance.now() + timeout;
    this.#connection.hold();
    this.#connection.hurry();
    while (this.#room.pending > 0 && !this.#stuck && performance.now() < deadline)
      await this.#toldWithin(deadline - performance.now());
    this.#connection.release();
    return { pending: this.#room.pending, problem: this.#problem };
  }

  async close({ timeout = CLOSE_TIMEOUT }: WaitOptions = {}): Promise<Left> {
    if (this.#gone !== undefined) return { pending: this.#room.pending, problem: this.#problem };
    const closing = new ClientError('CLIENT_CLOSED', 'the client is closed; what it kept is in its outbox');
    const flushing = this.flush({ timeout });
    this.#gone = closing;
    this.#room.close(closing);
    await flushing;
    await this.#connection.close();
    this.#underWay.end(closing);
    return { pending: this.#room.pending, problem: this.#problem };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Whether nothing will change without somebody's doing. */
  get #stuck(): boolean {
    return this.#problem?.code === 'TOKEN_REFUSED' || this.#gone?.code === 'OUTBOX_FAILED';
  }

  #usable(): Connection {
    if (this.#gone !== undefined) throw this.#gone;
    return this.#connection;
  }

  #check({ source }: AppendOptions): void {
    this.#usable();
    if (source !== undefined && source !== this.#options.source)
      throw new ClientError(
        'CLIENT_OPTIONS',
        "the events of a client are named by its token's source and no other",
      );
  }

  /** Keeps lines and gives the log's receipts to come, per line and event. */
  async #keep(lines: readonly Line[]): Promise<readonly (readonly Promise<Receipt>[])[]> {
    const count = lines.reduce((sum, line) => sum + line.count, 0);
    if (count === 0) return [];
    const room = this.#room.take(count);
    this.#sendAwayIfStuck();
    await room;
    try {
      return await this.#usable().keep(lines, (first) =>
        lines.map((line, at) => this.#underWay.add(first + at, line.count)),
      );
    } catch (error) {
      this.#room.give(count);
      throw error;
    }
  }

  /** Where nothing leaves any more, waiting for room would be for ever. */
  #sendAwayIfStuck(): void {
    if (this.#problem?.code === 'TOKEN_REFUSED' && this.#room.full)
      this.#room.close(new ClientError('TOKEN_REFUSED', `the outbox is full: ${this.#problem.message}`));
  }

  #settled({ lines, refused }: FromWorker & { readonly kind: 'settled' }): void {
    let count = 0;
    for (const { seq, answers } of lines) {
      this.#underWay.settle(seq, answers);
      count += answers.length;
    }
    this.#room.give(count);
    for (const line of refused) this.#isRefused(line);
    this.#tellAll();
  }

  #isRefused(line: RefusedLine): void {
    const { onRefused } = this.#options;
    if (onRefused !== undefined) return onRefused(line);
    const why = line.refusal.problems.map(({ path, message }) => `${path} ${message}`.trim()).slice(0, 3);
    warn('EVENT_REFUSED', `the log refused an event: ${line.refusal.refused}: ${why.join('; ')}`);
  }

  #hasProblem(problem: ClientProblem | undefined): void {
    this.#problem = problem;
    const { onProblem } = this.#options;
    if (onProblem !== undefined) onProblem(problem);
    else if (problem !== undefined) warn(problem.code, `events stay in the outbox: ${problem.message}`);
    this.#sendAwayIfStuck();
    this.#tellAll();
  }

  #lost(error: ClientError): void {
    this.#gone = error;
    this.#problem = { code: error.code, message: error.message };
    this.#room.close(error);
    this.#underWay.end(error);
    this.#tellAll();
  }

  #tellAll(): void {
    for (const tell of this.#told.splice(0)) tell();
  }

  #toldWithin(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === Infinity ? undefined : setTimeout(resolve, milliseconds);
      this.#told.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function receiptOf({ id }: Prepared, logged: Promise<Receipt> | undefined): OutboxReceipt {
  return {
    id,
    durable: 'outbox',
    logged: logged ?? Promise.reject(new ClientError('OUTBOX_FAILED', 'this event was not kept')),
  };
}

function warn(code: string, message: string): void {
  process.emitWarning(message, { type: 'ZegelWarning', code: `ZEGEL_${code}` });
}
