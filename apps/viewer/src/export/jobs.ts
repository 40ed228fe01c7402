import { randomBytes } from 'node:crypto';
import { encodeBase64url } from '@zegel/core';
import type { ExportOrder } from './order.ts';

/** How an export stands. */
export type JobState = 'ready' | 'running' | 'done' | 'cancelled' | 'failed';

/** An export that was ordered. */
export interface ExportJob {
  readonly id: string;
  readonly user: string;
  readonly order: ExportOrder;
  /** ms since 1970. */
  readonly ordered: number;
  readonly controller: AbortController;
  state: JobState;
  /** Lines handed on, and entries read for them. */
  written: number;
  read: number;
  /** Its entry in the log, once there is one. */
  entry: number | undefined;
  /** Hits that the log does not bear out. */
  differs: number;
}

const ID_BYTES = 16;
/** Jobs that are remembered, and for how long one may wait to be fetched, ms. */
const MOST = 500;
const PATIENCE = 3_600_000;
/** Exports of one user under way at a time. */
export const MOST_RUNNING = 3;

/** Exports of this process, in memory: what matters of them stands in the log. */
export class ExportJobs {
  readonly #jobs = new Map<string, ExportJob>();

  /** Takes an order; it is begun when its file is fetched. */
  add(user: string, order: ExportOrder, now: number): ExportJob {
    this.#sweep(now);
    const job: ExportJob = {
      ...{ id: encodeBase64url(randomBytes(ID_BYTES)), user, order, ordered: now },
      ...{
        controller: new AbortController(),
        state: 'ready',
        written: 0,
        read: 0,
        entry: undefined,
        differs: 0,
      },
    };
    this.#jobs.set(job.id, job);
    return job;
  }

  /** A user's own job. */
  find(id: string, user: string): ExportJob | undefined {
    const job = this.#jobs.get(id);
    return job?.user === user ? job : undefined;
  }

  /** A user's jobs, the newest first. */
  of(user: string): readonly ExportJob[] {
    return [...this.#jobs.values()].filter((job) => job.user === user).toReversed();
  }

  #sweep(now: number): void {
    for (const [id, { state, ordered }] of this.#jobs)
      if (state !== 'running' && now - ordered > PATIENCE) this.#jobs.delete(id);
    for (const [id, { state }] of this.#jobs)
      if (this.#jobs.size >= MOST && state !== 'running') this.#jobs.delete(id);
  }
}

/** Stops an export; one that was not begun never will be. */
export function cancelJob(job: ExportJob): void {
  if (job.state === 'ready') job.state = 'cancelled';
  job.controller.abort(new ExportStopped());
}

/** Why an export ended early: somebody stopped it, or went away. Not a failure. */
export class ExportStopped extends Error {
  override readonly name = 'ExportStopped';

  constructor() {
    super('the export was stopped');
  }
}
