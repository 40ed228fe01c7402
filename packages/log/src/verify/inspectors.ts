import { Worker } from 'node:worker_threads';
import type { Finding, HeadDuty } from '@zegel/core';
import { failureError } from '../failure.ts';
import type { TableAsked, TableSum } from './id-table.ts';
import type { InspectAnswer, Inspecting, InspectRequest, InspectSetup, Slice } from './inspect-protocol.ts';

/** Inspecting makes much garbage and keeps nothing: a small nursery costs no time and bounds the memory. */
const WORKER = new URL('./inspect-worker.js', import.meta.url);
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 };

interface Task {
  readonly worker: Worker;
  readonly slices: Slice[];
  ended: boolean;
}

/** Worker threads that inspect ranges; the slices come back in log order whatever thread was quicker. */
export class Inspectors implements Inspecting {
  readonly #workers: readonly Worker[];
  readonly #open = new Map<Worker, Task[]>();
  #wake: (() => void) | undefined;
  #error: Error | undefined;
  #ids: ((table: TableSum) => void) | undefined;
  #duties = 0;
  #turn = 0;
  readonly #report: (finding: Finding) => void;

  constructor(setup: InspectSetup, threads: number, report: (finding: Finding) => void) {
    this.#report = report;
    this.#workers = Array.from({ length: threads }, () => {
      const worker = new Worker(WORKER, { workerData: setup, resourceLimits: LIMITS });
      worker.on('message', (answer: InspectAnswer) => this.#answer(worker, answer));
      worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
      this.#open.set(worker, []);
      return worker;
    });
  }

  /** Each worker has at most two ranges under way. */
  async *slices(ranges: Iterator<readonly [from: number, to: number]>): AsyncGenerator<Slice> {
    const queue: Task[] = [];
    const fill = (): void => {
      while (queue.length < this.#workers.length * 2) {
        const next = ranges.next();
        if (next.done === true) return;
        queue.push(this.#start(next.value));
      }
    };
    fill();
    for (let task = queue[0]; task !== undefined; task = queue[0]) {
      const slice = await this.#next(task);
      if (slice === undefined) {
        queue.shift();
        fill();
        continue;
      }
      send(task.worker, { kind: 'taken' });
      yield slice;
    }
  }

  check(duties: readonly HeadDuty[]): void {
    this.#duties++;
    send(this.#worker(), { kind: 'duties', duties });
  }

  sumTable(asked: TableAsked): Promise<TableSum> {
    const { promise, resolve } = Promise.withResolvers<TableSum>();
    this.#ids = resolve;
    send(this.#worker(), { kind: 'ids', ...asked });
    return this.#orFail(promise);
  }

  async settled(): Promise<void> {
    while (this.#duties > 0) await this.#something();
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start([from, to]: readonly [number, number]): Task {
    const worker = this.#worker();
    const task: Task = { worker, slices: [], ended: false };
    this.#open.get(worker)?.push(task);
    send(worker, { kind: 'range', from, to });
    return task;
  }

  async #next(task: Task): Promise<Slice | undefined> {
    while (task.slices.length === 0) {
      if (task.ended) return undefined;
      await this.#something();
    }
    return task.slices.shift();
  }

  #answer(worker: Worker, answer: InspectAnswer): void {
    switch (answer.kind) {
      case 'slice':
        this.#slice(worker, answer);
        break;
      case 'duties':
        this.#duties--;
        for (const finding of answer.findings) this.#report(finding);
        break;
      case 'ids':
        this.#ids?.(answer.table);
        break;
      case 'failed':
        this.#fail(failureError(answer));
        break;
      default:
        answer satisfies never;
    }
    this.#wake?.();
  }

  #slice(worker: Worker, slice: Slice): void {
    const tasks = this.#open.get(worker);
    tasks?.[0]?.slices.push(slice);
    if (!slice.end) return;
    const task = tasks?.shift();
    if (task !== undefined) task.ended = true;
  }

  #fail(error: Error): void {
    this.#error ??= error;
    this.#wake?.();
  }

  async #something(): Promise<void> {
    this.#rethrow();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#rethrow();
  }

  #rethrow(): void {
    if (this.#error !== undefined) throw this.#error;
  }

  async #orFail<T>(promise: Promise<T>): Promise<T> {
    let done = false;
    const watched = promise.finally(() => {
      done = true;
      this.#wake?.();
    });
    while (!done) await Promise.race([watched, this.#something()]);
    return watched;
  }

  #worker(): Worker {
    const worker = this.#workers[this.#turn++ % this.#workers.length];
    if (worker === undefined) throw new RangeError('at least one thread');
    return worker;
  }
}

function send(worker: Worker, request: InspectRequest): void {
  worker.postMessage(request);
}
