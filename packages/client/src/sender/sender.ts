import type { OutboxFile } from '../outbox/outbox-file.ts';
import { outboxFailure } from '../outbox/outbox-failure.ts';
import type { Writer } from '../outbox/writer.ts';
import type { Answer, ClientProblem, FromWorker, KeptLine, RefusedLine, WorkerSetup } from '../protocol.ts';
import { Alarm } from './alarm.ts';
import { BackOff } from './back-off.ts';
import type { Outcome } from './outcome.ts';
import { post } from './post.ts';

/** Events and bytes of one request, both well below what a collector takes. */
const MOST_EVENTS = 5000;
const MOST_BYTES = 4 * 1024 * 1024;
/** Milliseconds that a few lines wait for more. */
const LINGER = 5;
const FEW = 100;
/** Milliseconds without anything to send after which the journal is emptied. */
const QUIET = 1000;
/** Milliseconds between tries to take a batch out of an outbox that can't be written. */
const AGAIN = 500;

/**
 * Sends what is in the outbox, oldest first and one request at a time, so that the order is kept: a batch leaves the outbox
 * only when the collector has answered for each of its events.
 */
export class Sender {
  readonly #setup: WorkerSetup;
  readonly #outbox: OutboxFile;
  readonly #writer: Writer;
  readonly #tell: (message: FromWorker) => void;
  readonly #backOff: BackOff;
  readonly #closing = new AbortController();
  readonly #more = new Alarm();
  readonly #retry = new Alarm();
  #limit = MOST_EVENTS;
  #problem: ClientProblem | undefined;
  #tidy = true;
  /** Everything up to this place is answered, though it may still be in the outbox. */
  #answered = 0;
  /** The batch that is being taken out. */
  #settling: Promise<void> = Promise.resolve();
  #ended: Promise<void> | undefined;

  constructor(setup: WorkerSetup, outbox: OutboxFile, writer: Writer, tell: (message: FromWorker) => void) {
    this.#setup = setup;
    this.#outbox = outbox;
    this.#writer = writer;
    this.#tell = tell;
    this.#backOff = new BackOff(setup.retry);
  }

  start(): void {
    this.#ended = this.#run();
  }

  /** There is something new to send. */
  wake(): void {
    this.#more.ring();
  }

  /** Tries now, whatever the back-off says. */
  hurry(): void {
    this.#retry.ring();
  }

  /** Gives up the request under way and stops; what it sent may or may not be in the log, and is sent again. */
  async stop(): Promise<void> {
    this.#closing.abort();
    this.#more.ring();
    this.#retry.ring();
    await this.#ended;
    await this.#settling;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const lines = await this.#next();
      if (lines === undefined) continue;
      const outcome = await post(this.#setup, lines, signal);
      if (signal.aborted && outcome.kind !== 'answered') return;
      if ((await this.#take(lines, outcome)) === 'stop') return;
    }
  }

  /** The next batch; undefined after a wait for one. */
  async #next(): Promise<readonly KeptLine[] | undefined> {
    const lines = await this.#read();
    if (lines.length === 0) {
      // Once it has been quiet for a while, what was sent goes from the journal too.
      if (!(await this.#more.wait(this.#tidy ? undefined : QUIET))) await this.#tidyUp();
      return undefined;
    }
    if (lines.length >= Math.min(FEW, this.#limit) || this.#limit < MOST_EVENTS) return lines;
    await this.#retry.wait(LINGER);
    return this.#read();
  }

  async #read(): Promise<readonly KeptLine[]> {
    try {
      const lines = this.#outbox.batch(this.#answered, this.#limit, MOST_BYTES);
      if (lines.length > 0) this.#tidy = false;
      return lines;
    } catch (error) {
      await this.#wait(outboxFailure(error), 0);
      return [];
    }
  }

  async #tidyUp(): Promise<void> {
    await this.#settling;
    try {
      this.#outbox.tidy();
      this.#tidy = true;
    } catch (error) {
      await this.#wait(outboxFailure(error), 0);
    }
  }

  async #take(lines: readonly KeptLine[], outcome: Outcome): Promise<'go on' | 'stop'> {
    switch (outcome.kind) {
      case 'answered':
        this.#say(undefined);
        this.#backOff.reset();
        this.#limit = Math.min(MOST_EVENTS, this.#limit * 2);
        await this.#settle(lines, outcome.answers);
        return 'go on';
      case 'smaller':
        await this.#narrow(lines, outcome);
        return 'go on';
      case 'later':
        await this.#wait(outcome.problem, outcome.after);
        return 'go on';
      case 'stop':
        this.#say(outcome.problem);
        return 'stop';
      default:
        return outcome satisfies never;
    }
  }

  /** Halves the batch until the line is found that the collector does not take; that one is refused. */
  async #narrow(lines: readonly KeptLine[], { code, message }: Outcome & { kind: 'smaller' }): Promise<void> {
    const [only] = lines;
    if (lines.length > 1 || only === undefined) {
      this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, eventsIn(lines)) / 2));
      return;
    }
    const refused = (): Answer => ({ refused: code, problems: [{ path: '', message }] });
    await this.#settle(lines, Array.from({ length: only.count }, refused));
  }

  /** Has a batch taken out of the outbox while the next one is under way, but not two at once. */
  async #settle(lines: readonly KeptLine[], answers: readonly Answer[]): Promise<void> {
    await this.#settling;
    this.#answered = lines.at(-1)?.seq ?? this.#answered;
    this.#settling = this.#takeOut(lines, answers);
  }

  /** Keeps at it until it is durable. If we are stopped before, the next process sends it again, and it is answered alike. */
  async #takeOut(lines: readonly KeptLine[], answers: readonly Answer[]): Promise<void> {
    const settled = byLine(lines, answers);
    const refused = refusedLines(lines, settled);
    for (;;) {
      try {
        await this.#writer.settle(lines.at(-1)?.seq ?? 0, refused);
        return this.#tell({ kind: 'settled', lines: settled, refused });
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        const { code, message } = outboxFailure(error);
        this.#say({ code, message });
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
    }
  }

  async #wait({ code, message }: ClientProblem, after: number): Promise<void> {
    this.#say({ code, message });
    await this.#retry.wait(Math.max(this.#backOff.next(), after));
  }

  /** Tells of a problem once, and when it is over. */
  #say(problem: ClientProblem | undefined): void {
    if (problem?.code === this.#problem?.code && problem?.message === this.#problem?.message) return;
    this.#problem = problem;
    this.#tell({ kind: 'problem', problem });
  }
}

function eventsIn(lines: readonly KeptLine[]): number {
  return lines.reduce((sum, { count }) => sum + count, 0);
}

function byLine(
  lines: readonly KeptLine[],
  answers: readonly Answer[],
): readonly { seq: number; answers: readonly Answer[] }[] {
  let at = 0;
  return lines.map(({ seq, count }) => {
    at += count;
    return { seq, answers: answers.slice(at - count, at) };
  });
}

/** Lines that were refused; one that goes whole or not at all is refused for one reason. */
function refusedLines(
  lines: readonly KeptLine[],
  settled: readonly { answers: readonly Answer[] }[],
): readonly RefusedLine[] {
  const at = new Date().toISOString();
  return lines.flatMap(({ seq, kind, text }, i) => {
    const refusal = settled[i]?.answers.find((answer) => 'refused' in answer);
    return refusal === undefined ? [] : [{ seq, at, kind, text, refusal }];
  });
}
