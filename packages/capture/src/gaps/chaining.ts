import { randomUUID } from 'node:crypto';
import { timeText } from '@zegel/core';
import type { OnProblem } from '../problem.ts';
import type { CaptureSink, Gap } from '../sink.ts';
import { LATE, within } from '../wait.ts';
import type { Claim, CounterFile } from './counter-file.ts';

/** What chaining needs. */
export interface ChainingParts {
  readonly file: CounterFile;
  readonly sink: CaptureSink;
  readonly service: string;
  readonly timeout: number;
  readonly report: OnProblem;
}

/** Milliseconds after which a claim of another process may be taken over. */
const CLAIMED = 60_000;

/** Of this process, which may hold several captures of one service. */
const OWNER = `${process.pid}:${randomUUID()}`;

/** Claims given to a sink and not answered: giving them again could chain them twice. */
const waiting = new Set<string>();

/**
 * Chains counts as gap entries. A count leaves its counter for a claim with a UUID in one durable step, and the claim goes
 * only with a receipt. If we crash in between, the claim is found and given again under the same UUID, by which the log
 * knows it: what went unlogged is told once. Where a sink can't tell, it may be told twice; never fewer than there were.
 */
export class Chaining {
  readonly #parts: ChainingParts;

  constructor(parts: ChainingParts) {
    this.#parts = parts;
  }

  /** @returns whether something is still open @throws what the sink or the file throws */
  async run(): Promise<boolean> {
    const { file, sink, report } = this.#parts;
    if (sink.gap === undefined && sink.record === undefined) {
      report({ kind: 'gap', activity: undefined, message: 'the sink can not chain what went unlogged' });
      return true;
    }
    // What is claimed goes first, and while it can't nothing more is claimed: a long outage is few gaps.
    await this.#chainClaims();
    if (!file.claims().some((claim) => waiting.has(claim.id))) {
      file.claim(OWNER, Date.now() + CLAIMED, randomUUID);
      await this.#chainClaims();
    }
    return file.isOpen();
  }

  async #chainClaims(): Promise<void> {
    for (const claim of this.#parts.file.claims()) {
      if (!waiting.has(claim.id) && this.#isOurs(claim)) await this.#chain(claim);
    }
  }

  #isOurs({ owner, until }: Claim): boolean {
    return owner === OWNER || until < Date.now() || !isAlive(Number(owner.split(':')[0]));
  }

  async #chain(claim: Claim): Promise<void> {
    const { file, timeout } = this.#parts;
    const gap = gapOf(this.#parts.service, claim);
    const given = this.#give(claim, gap);
    waiting.add(claim.id);
    const done = given.then(() => file.settle(claim.id)).finally(() => waiting.delete(claim.id));
    if ((await within(done, timeout)) !== LATE) return;
    done.catch(() => undefined); // the claim stands, and is tried again
    throw new Error(`no receipt of a gap within ${timeout} ms`);
  }

  async #give(claim: Claim, gap: Gap): Promise<void> {
    const { sink, file } = this.#parts;
    if (!file.renew({ ...claim, owner: OWNER, until: Date.now() + CLAIMED })) return; // another process was quicker
    if (sink.gap !== undefined) {
      await sink.gap(gap);
      return;
    }
    const { id, ...body } = gap;
    await sink.record?.({ kind: 'gap', id, occurred: gap.to, bodies: [body] });
  }
}

function gapOf(service: string, { id, activity, count, first, last }: Claim): Gap {
  return { id, activity, service, count, from: timeText(first), to: timeText(last) };
}

/** Whether another process of this id runs; our own id with another owner is one of before. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
