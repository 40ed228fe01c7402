import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';
import { mayStay, PROBLEM_TYPE, type ProblemAnswer } from '../problem.ts';
import { type Call, failCall, headersOf, isChunk, methodsOf, type Sending } from './calls.ts';
import { HeadLock } from './head-lock.ts';

/** What a gate asks of its owner. */
export interface GateKeeper {
  /** Whether sending the head alone can wait until there is a first byte to go with it. */
  readonly waits: boolean;
  /** Whether there is anything to seal. */
  readonly isAudited: boolean;
  /** Makes the entries durable. `status` is `undefined` when nobody answered before the client was gone. */
  seal(status: number | undefined): Promise<void>;
  /** What to answer instead when that failed. */
  answer(error: unknown): ProblemAnswer;
}

const SENDING = [
  'writeHead',
  'write',
  'end',
  'flushHeaders',
  'destroy',
] as const satisfies readonly Sending[];

/** Milliseconds that a handler whose client is gone is given to answer, so that its entry tells how it ended. */
const ABANDONED = 10_000;

/**
 * Holds a response back until its entries are durable: status, headers and body, however they are sent. From the first
 * `write`, `end` or `flushHeaders` on, calls queue up; once sealed they are repeated in order and the gate is open for
 * good. If sealing fails, what was queued is dropped, streams that were piped in are destroyed, and a problem document
 * is sent. What goes past the response, to its socket, is not held.
 */
export class Gate {
  readonly #res: ServerResponse;
  readonly #keeper: GateKeeper;
  readonly #own: ReturnType<typeof methodsOf<Sending>>;
  readonly #head: HeadLock;
  readonly #piped = new Set<Readable>();
  #calls: Call[] = [];
  #state: 'open' | 'sealing' | 'released' | 'refused' = 'open';
  #bytes = 0;
  #wantsDrain = false;

  constructor(res: ServerResponse, keeper: GateKeeper) {
    this.#res = res;
    this.#keeper = keeper;
    this.#own = methodsOf(res, SENDING);
    this.#head = new HeadLock(res);
    Object.assign(res, {
      writeHead: (...args: readonly unknown[]) => this.#writeHead(args),
      write: (...args: readonly unknown[]) => this.#write(args),
      end: (...args: readonly unknown[]) => this.#end(args),
      flushHeaders: () => this.#flushHeaders(),
      destroy: (error?: Error) => this.#destroy(error),
      writeEarlyHints: (_: unknown, callback?: () => void) => callback?.(),
    });
    res.on('pipe', (source: Readable) => this.#piped.add(source));
    res.on('unpipe', (source: Readable) => this.#piped.delete(source));
    res.once('close', () => this.#closed());
  }

  /** Whether nothing has been given to send yet, so that everything will be held. */
  get holds(): boolean {
    return this.#state === 'open' && !this.#res.headersSent;
  }

  #writeHead(args: readonly unknown[]): unknown {
    const [status] = args;
    if (this.#state === 'refused') return this.#res;
    const isStatus = typeof status === 'number' && status >= 100 && status <= 999;
    if (this.#state === 'released' || !isStatus) return this.#own.writeHead(...args);
    this.#head.refuseIfFixed();
    this.#res.statusCode = status;
    this.#head.fix();
    this.#calls.push({ name: 'writeHead', args });
    return this.#res;
  }

  #write(args: readonly unknown[]): unknown {
    if (this.#state === 'released' || !isChunk(args[0])) return this.#own.write(...args);
    if (this.#state === 'refused' || this.#head.ended) {
      failCall({ name: 'write', args }, new Error('the response has ended'));
      return true;
    }
    this.#head.fix();
    this.#calls.push({ name: 'write', args });
    this.#bytes += (args[0] as string | Uint8Array).length;
    this.#begin(this.#head.status);
    const isFull = this.#bytes >= this.#res.writableHighWaterMark;
    this.#wantsDrain ||= isFull;
    return !isFull;
  }

  #end(args: readonly unknown[]): unknown {
    const [chunk] = args;
    const isRefusedByNode = Boolean(chunk) && typeof chunk !== 'function' && !isChunk(chunk);
    if (this.#state === 'released' || isRefusedByNode) return this.#own.end(...args);
    if (this.#state === 'refused' || this.#head.ended) {
      failCall({ name: 'end', args }, new Error('the response has ended'));
      return this.#res;
    }
    this.#head.fix();
    this.#head.end();
    this.#calls.push({ name: 'end', args });
    this.#begin(this.#head.status);
    return this.#res;
  }

  #flushHeaders(): void {
    if (this.#state === 'released') return void this.#own.flushHeaders();
    if (this.#state === 'refused') return;
    this.#head.fix();
    this.#calls.push({ name: 'flushHeaders', args: [] });
    if (!this.#keeper.waits) this.#begin(this.#head.status);
  }

  /** The service itself gives the response up: nobody will answer any more. */
  #destroy(error: Error | undefined): unknown {
    if (this.#keeper.isAudited) this.#begin(undefined);
    return this.#own.destroy(error);
  }

  #begin(status: number | undefined): void {
    if (this.#state !== 'open') return;
    this.#state = 'sealing';
    this.#seal(status).then(
      () => this.#release(),
      (error: unknown) => this.#refuse(error),
    );
  }

  /** A throw of the keeper itself is a failure like any other. */
  async #seal(status: number | undefined): Promise<void> {
    await this.#keeper.seal(status);
  }

  #release(): void {
    this.#state = 'released';
    this.#head.unlock();
    const calls = this.#calls;
    this.#calls = [];
    try {
      const answers = calls.map(({ name, args }) => ({ name, answer: this.#own[name](...args) }));
      const last = answers.findLast(({ name }) => name === 'write');
      // Where node:http took everything at once, nobody else wakes up a writer that waits.
      if (this.#wantsDrain && last?.answer !== false) this.#res.emit('drain');
    } catch (error) {
      // Such as a header that node:http refuses only when it is sent.
      if (this.#res.headersSent) this.#res.destroy();
      else this.#refuse(error);
    }
  }

  #refuse(error: unknown): void {
    this.#state = 'refused';
    this.#head.unlock();
    const { status, body } = this.#keeper.answer(error);
    const dropped = new Error('the response was withheld', { cause: error });
    const headers = headersOf(this.#res, this.#calls);
    for (const call of this.#calls) failCall(call, dropped);
    this.#calls = [];
    for (const name of this.#res.getHeaderNames()) this.#res.removeHeader(name);
    for (const [name, value] of headers) {
      if (mayStay(name)) this.#res.setHeader(name, value as string);
    }
    // The head in so many words: what node:http would write by itself goes through `writeHead`, which is closed now.
    const length = Buffer.byteLength(body);
    this.#own.writeHead(status, STATUS_CODES[status], {
      'content-type': PROBLEM_TYPE,
      'content-length': length,
    });
    // Only then: whoever watches a piped stream fail may end the connection before the answer is out.
    const sources = [...this.#piped];
    if (this.#res.closed) destroyAll(sources, dropped);
    else this.#res.once('close', () => destroyAll(sources, dropped));
    this.#own.end(body);
  }

  /** The client is gone. What was read was read: the entry is made all the same. */
  #closed(): void {
    if (this.#state !== 'open' || !this.#keeper.isAudited) return;
    setTimeout(() => this.#begin(undefined), ABANDONED);
  }
}

/** Ends streams whose data will never be sent. */
function destroyAll(sources: readonly Readable[], error: Error): void {
  for (const source of sources) {
    // Without a listener the error would end the process.
    if (source.listenerCount('error') > 0) source.destroy(error);
    else source.destroy();
  }
}
