import { join } from 'node:path';
import { keyFolder, parseLocation, type StoredEntry } from '@zegel/log';
import { CheckError } from './check-error.ts';
import { checkInProcess, CheckImpossible } from './check-process.ts';
import type { CheckOutcome, CheckRequest } from './check-protocol.ts';
import type { Checks, CheckState, EntryState } from './checks.ts';
import { type ControlNotes, NO_NOTES } from './control-walk.ts';
import { comparedWith } from './compared.ts';
import { EntryStates } from './entry-states.ts';
import type { Integrity } from './integrity.ts';
import type { CheckKind, CheckRecord, Compared, IntegrityState, Progress } from './integrity-state.ts';
import { afterCheck, afterFinding, afterImpossible, firstState } from './judge.ts';
import type { LogChecksOptions } from './log-checks-options.ts';
import { Memory } from './memory.ts';
import type { Notice } from './notice.ts';
import { passAfter, type Pass } from './pass.ts';
import { type CheckTimes, failuresOf, recordOf, unendedRecord } from './record.ts';
import { ShownEntries } from './shown-entries.ts';
import { stateFolder } from './state-folder.ts';

/** 5 s of hashing are some million entries. */
const BUDGET = 5000;
/** A second or two of work each. */
const SIDES = { vault: 20_000, index: 100_000, budget: 2000 };

interface Running {
  readonly kind: CheckKind;
  readonly stop: AbortController;
  asked: boolean;
  readonly told: Set<(progress: Progress) => void>;
  done: Promise<CheckRecord>;
}

/** Checks a log, one check at a time, and knows what came of it. When, {@link CheckTimer} says. */
export class LogChecks implements Checks, Integrity {
  readonly memory: Memory;
  readonly #options: LogChecksOptions;
  readonly #listeners = new Set<() => void>();
  readonly #shown = new ShownEntries();
  #details: IntegrityState;
  #entries: EntryStates | undefined;
  #notes: ControlNotes = NO_NOTES;
  #pass: Pass;
  #nextIndex = 0;
  #running: Running | undefined;
  #closed = false;

  /** @throws CheckError `STATE_PLACE` */
  constructor(options: LogChecksOptions) {
    this.#options = options;
    const location = parseLocation(options.log);
    const place = { given: options.state, log: location.dir, keys: keyFolder(location, options.keys) };
    this.memory = new Memory(stateFolder(place), options.onProblem);
    this.#pass = { next: 0, began: this.#now(), allSince: undefined };
    this.#details = firstState(
      this.memory.history,
      this.memory.damage(),
      comparedWith(this.memory, this.#options),
      this.#now(),
    );
  }

  get state(): CheckState {
    return this.#details;
  }

  get details(): IntegrityState {
    return this.#details;
  }

  get closed(): boolean {
    return this.#closed;
  }

  stateOf(index: number): EntryState {
    const { findings, size, pruned } = this.#details;
    this.#entries ??= new EntryStates(findings, size, pruned);
    return this.#entries.stateOf(index);
  }

  history(most: number): readonly CheckRecord[] {
    return this.memory.history.records.slice(-most).toReversed();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(notices: readonly Notice[]): void {
    if (notices.length > 0) this.#set(afterFinding(this.#details, notices, this.#now()));
  }

  async seen(entries: readonly StoredEntry[]): Promise<void> {
    if (entries.length > 0) this.tell(await this.#options.logs.use((log) => this.#shown.check(log, entries)));
  }

  cancel(): void {
    if (this.#running?.kind === 'full') this.#running.stop.abort();
  }

  async runFull(signal?: AbortSignal, onProgress?: (progress: Progress) => void): Promise<CheckRecord> {
    if (this.#running?.kind === 'round') this.#running.stop.abort();
    while (this.#running?.kind === 'round') await this.#running.done;
    const joined = this.#running;
    const running = joined ?? this.#start('full', this.#options.budget ?? BUDGET, true);
    running.asked = true;
    if (onProgress !== undefined) running.told.add(onProgress);
    const leave = (): void => (joined === undefined ? running.stop.abort() : undefined);
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted === true) leave();
    try {
      return await running.done;
    } finally {
      signal?.removeEventListener('abort', leave);
      if (onProgress !== undefined) running.told.delete(onProgress);
    }
  }

  /**
   * A check that nobody asked for, which takes one thread unless it is urgent. One that is under way is waited for and no
   * other is begun.
   */
  async run(
    kind: CheckKind,
    { budget = this.#options.budget ?? BUDGET, urgent = false }: { budget?: number; urgent?: boolean } = {},
  ): Promise<CheckRecord> {
    return (this.#running ?? this.#start(kind, budget, urgent)).done;
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#changed();
    this.#running?.stop.abort();
    await this.#running?.done;
  }

  #start(kind: CheckKind, budget: number, urgent: boolean): Running {
    const stop = new AbortController();
    if (this.#closed) stop.abort();
    const running: Running = { kind, stop, asked: false, told: new Set(), done: Promise.reject() };
    running.done.catch(() => undefined);
    running.done = this.#check(running, budget, urgent).finally(() => {
      this.#running = undefined;
      this.#changed();
    });
    this.#running = running;
    this.#progress(running, {
      kind,
      started: this.#now(),
      stage: 'entries',
      done: 0,
      total: this.#details.size,
    });
    return running;
  }

  async #check(running: Running, budget: number, urgent: boolean): Promise<CheckRecord> {
    const started = this.#now();
    const { kind, stop } = running;
    const times = () => ({ kind, started, ended: this.#now(), asked: running.asked });
    const compared = comparedWith(this.memory, this.#options);
    this.tell(this.memory.damage());
    try {
      const told = {
        found: (notices: readonly Notice[]) => this.tell(notices),
        progress: (step: Pick<Progress, 'stage' | 'done' | 'total'>) =>
          this.#progress(running, { kind, started, ...step }),
      };
      const outcome = await checkInProcess(this.#request(kind, budget, urgent), told, stop.signal);
      return this.#ended(recordOf(times(), outcome), outcome, compared);
    } catch (error) {
      return this.#unended(times(), error);
    }
  }

  #ended(record: CheckRecord, outcome: CheckOutcome, compared: Compared): CheckRecord {
    this.#note(record, outcome);
    this.#notes = outcome.notes;
    this.#nextIndex = outcome.nextIndex;
    if (outcome.tree !== undefined) this.#shown.tree = outcome.tree;
    this.#pass = passAfter(this.#pass, outcome, record);
    const { next, allSince } = this.#pass;
    this.#set({ ...afterCheck(this.#details, record, outcome, compared), bodies: { next, allSince } });
    return record;
  }

  #unended(times: CheckTimes, error: unknown): CheckRecord {
    const at = times.ended;
    const code = error instanceof CheckError || error instanceof CheckImpossible ? error.code : 'CHECK_DIED';
    const problem = `${code}: ${error instanceof Error ? error.message : String(error)}`;
    if (code === 'CHECK_CANCELLED') {
      const record = unendedRecord(times, 'cancelled', {});
      if (times.kind === 'full') this.#note(record);
      this.#set({ ...this.#details, progress: undefined });
      return record;
    }
    const failures = failuresOf(code, problem, this.memory.pin !== undefined);
    const record = unendedRecord(times, failures.length > 0 ? 'failed' : 'impossible', { failures, problem });
    this.#note(record);
    this.#options.onProblem(`the log can't be checked: ${problem}`);
    this.#set(afterImpossible(afterFinding(this.#details, failures, at), problem, at));
    return record;
  }

  /** Keeps what came of a check. That it can't be kept changes nothing in what was found. */
  #note(record: CheckRecord, outcome?: CheckOutcome): void {
    try {
      if (outcome !== undefined) this.memory.see(outcome, this.#now());
      this.memory.history.add(record);
    } catch (error) {
      this.#options.onProblem(
        `a check can't be remembered: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  #request(kind: CheckKind, budget: number, urgent: boolean): CheckRequest {
    const { log, keys, vkey, held = [], sides = SIDES } = this.#options;
    return {
      ...{ kind, urgent, log, keys, held, sides, notes: this.#notes, heads: this.memory.heads },
      index: join(parseLocation(log).dir, 'index.db'),
      vkey: vkey ?? this.memory.pin?.vkey,
      // With all the time there is, all of them.
      bodies: { from: Number.isFinite(budget) ? this.#pass.next : 0, budget },
      indexFrom: this.#nextIndex,
    };
  }

  #progress(running: Running, progress: Progress): void {
    for (const tell of running.told) tell(progress);
    this.#set({ ...this.#details, progress });
  }

  #set(details: IntegrityState): void {
    if (details === this.#details) return;
    this.#details = Object.freeze(details);
    this.#entries = undefined;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
