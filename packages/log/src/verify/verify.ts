import { encodeBase64, findingLevel, type HeldCheckpoint, LogChecker, readHead } from '@zegel/core';
import { availableParallelism } from 'node:os';
import { entropy } from '../entropy.ts';
import { headNote } from '../head-note.ts';
import { parseLocation } from '../location.ts';
import type { LogStore } from '../port.ts';
import { readGenesis } from '../reader.ts';
import { openStoreAt } from '../stores.ts';
import type { VaultReader } from '../vault/reader.ts';
import { idsOf } from './id-pass.ts';
import { compareIds, LookedUpIds, SummingIds } from './id-table.ts';
import { Inspectors } from './inspectors.ts';
import { FindingCollector, type VerifyReport } from './report.ts';
import { type Remembered, StateFile } from './state-file.ts';
import { Stream } from './stream.ts';
import { checkVault } from './vault-check.ts';

/** How a log is verified. */
export interface VerifyOptions {
  /** Signed checkpoints kept elsewhere. */
  readonly held?: readonly HeldCheckpoint[];
  /** A verifier key kept elsewhere. */
  readonly vkey?: string;
  /** File in which this verifier remembers the heads it found good. */
  readonly state?: string;
  /** Check only what came after the head remembered in `state`. */
  readonly incremental?: boolean;
  /** Also checks every mention and readable part against the vault; opened without healing. */
  readonly vault?: VaultReader;
  /** Milliseconds after which the newest entry is too old. */
  readonly staleAfter?: number;
  /** Inspecting threads. Default: as many as the machine has, at most 8. */
  readonly threads?: number;
  readonly onProgress?: (checked: number, size: number) => void;
}

/**
 * Checks everything in format v1 §5 that the log, and what is given of the outside, can tell.
 *
 * @throws LogError, or the store's error, when there is no log to check; NoteError, FormatError when a held
 *   checkpoint is none; HeldTooOldError when an incremental check is asked to compare an older checkpoint
 */
export async function verifyLog(url: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const location = parseLocation(url);
  const store = await openStoreAt(location, { mode: 'read' });
  const findings = new FindingCollector(findingLevel);
  const inspectors = new Inspectors(location, options.threads ?? Math.min(availableParallelism(), 8), findings.add);
  try {
    return await new Verification(store, inspectors, findings, options).run();
  } finally {
    await inspectors.close();
    await store.close();
  }
}

class Verification {
  readonly #store: LogStore;
  readonly #inspectors: Inspectors;
  readonly #findings: FindingCollector;
  readonly #options: VerifyOptions;
  readonly #file: StateFile | undefined;

  constructor(store: LogStore, inspectors: Inspectors, findings: FindingCollector, options: VerifyOptions) {
    this.#store = store;
    this.#inspectors = inspectors;
    this.#findings = findings;
    this.#options = options;
    this.#file = options.state === undefined ? undefined : new StateFile(options.state);
  }

  async run(): Promise<VerifyReport> {
    const genesis = await readGenesis(this.#store).catch(() => undefined); // what is wrong with it, the checks will say
    const vkey = this.#options.vkey ?? genesis?.vkey;
    const remembered = vkey === undefined ? undefined : this.#file?.read(vkey);
    const resume = this.#options.incremental === true ? remembered : undefined;
    const ids = resume === undefined ? new SummingIds(Uint8Array.from(entropy(16))) : new LookedUpIds();
    const { checker, held } = this.#checker(remembered, resume, ids);
    const from = checker.size;
    const stream = new Stream(this.#store, this.#inspectors, checker, this.#findings.add, this.#options.onProgress);
    await stream.run();
    const snapshot = checker.snapshot(); // before the end, which a later check is not at
    await this.#ids(ids, stream);
    for (const message of await this.#store.inspect()) this.#findings.add({ code: 'store-damaged', message });
    const { size, root, pruned } = checker.finish({ now: Date.now(), ...stale(this.#options) });
    await this.#inspectors.settled();
    if (this.#options.vault !== undefined) await checkVault(this.#store, this.#options.vault, this.#findings.add);
    const head = await this.#store.head();
    if (!this.#findings.failed && vkey !== undefined && head !== undefined)
      this.#file?.write(vkey, { checkpoint: headNote(genesis?.origin ?? '', head), state: snapshot });
    return {
      ...this.#findings.lists(),
      size,
      root: encodeBase64(root),
      checked: size - from,
      pruned,
      witnessed: 0,
      against: this.#against(held),
    };
  }

  #checker(remembered: Remembered | undefined, resume: Remembered | undefined, ids: SummingIds | LookedUpIds): { checker: LogChecker; held: readonly HeldCheckpoint[] } {
    const { vkey } = this.#options;
    const own = remembered === undefined ? [] : [{ note: remembered.checkpoint, from: `state file ${this.#options.state}` }];
    const held = [...(this.#options.held ?? []), ...own];
    const checker = new LogChecker({
      report: this.#findings.add,
      ids,
      held,
      ...(vkey !== undefined && { vkeys: [vkey] }),
      ...(resume !== undefined && { resume: resume.state }),
      onDuty: (duty) => this.#inspectors.check([duty]),
    });
    return { checker, held };
  }

  async #ids(ids: SummingIds | LookedUpIds, stream: Stream): Promise<void> {
    if (ids instanceof LookedUpIds) {
      await ids.lookUp(this.#store, this.#findings.add);
      return;
    }
    const pruned = stream.pruned.list();
    const table = await this.#inspectors.sumTable(ids.key, pruned);
    if (!table.disordered && table.duplicates.length === 0 && ids.sum.matches(table.sum)) return;
    const before = this.#findings.failed;
    ids.found(await compareIds(this.#store, idsOf(this.#store), stream.pruned, this.#findings.add));
    if (!before && !this.#findings.failed && table.disordered) this.#findings.add({ code: 'id-table', message: 'the id table is not sorted' });
  }

  #against(held: readonly HeldCheckpoint[]): string[] {
    const notes = held.map(({ note, from }) => `checkpoint of ${readHead(note).size} entries (${from})`);
    return this.#options.vkey === undefined ? notes : [...notes, `verifier key ${this.#options.vkey}`];
  }
}

function stale({ staleAfter }: VerifyOptions): { staleAfter?: number } {
  return staleAfter === undefined ? {} : { staleAfter };
}
