import {
  EMPTY_ROOT,
  encodeBase64,
  equalBytes,
  findingLevel,
  headNote,
  type HeldCheckpoint,
  LogChecker,
  parseVkey,
  readHead,
} from '@zegel/core';
import { entropy } from '../entropy.ts';
import { LogError } from '../errors.ts';
import { type Location, parseLocation } from '../location.ts';
import type { LogStore, Subtree } from '../port.ts';
import { readGenesis } from '../reader.ts';
import { openStoreAt } from '../stores.ts';
import type { VaultReader } from '../vault/reader.ts';
import { inspectContainer } from './container.ts';
import { compareIds, LookedUpIds, SummingIds, type TableSum } from './id-table.ts';
import { InlineInspector } from './inline-inspector.ts';
import type { Inspecting } from './inspect-protocol.ts';
import { Inspectors } from './inspectors.ts';
import { rememberedBy } from './remembered.ts';
import { FindingCollector, type VerifyReport } from './report.ts';
import { type Remembered, StateFile } from './state-file.ts';
import { storeDamage } from './store-damage.ts';
import { Stream } from './stream.ts';
import { threadsFor } from './threads-for.ts';
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
  /** Inspecting threads; 0 inspects on the caller's. Default: 0 for a small log, else as many as the machine has, at most 8. */
  readonly threads?: number;
  readonly onProgress?: (checked: number, size: number) => void;
}

/**
 * Checks everything in format v1 §5 that the log, and what is given of the outside, can tell. A log may be written to
 * meanwhile. A store so damaged that it can't be read to its end is a finding like any other.
 *
 * @throws LogError, or the store's error, when there is no log to check; NoteError, FormatError when a held
 *   checkpoint or key is none; HeldTooOldError when an incremental check is asked to compare an older checkpoint
 */
export async function verifyLog(url: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const findings = new FindingCollector(findingLevel);
  try {
    return await verifyAt(parseLocation(url), findings, options);
  } catch (cause) {
    const { message, index } = storeDamage(cause);
    findings.add({ code: 'store-damaged', message, ...(index !== undefined && { index }) });
    return {
      ...findings.lists(),
      size: 0,
      root: encodeBase64(EMPTY_ROOT),
      checked: 0,
      pruned: 0,
      witnessed: 0,
      against: [],
    };
  }
}

async function verifyAt(
  location: Location,
  findings: FindingCollector,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const { vkey } = options;
  const store = await openStoreAt(location, { mode: 'read', ...(vkey !== undefined && { vkey }) });
  try {
    const threads = options.threads ?? (await threadsFor(store));
    const held = [...(options.held ?? []), ...(await rememberedBy(store))];
    const inspecting =
      threads === 0
        ? new InlineInspector(store, findings.add)
        : new Inspectors({ location, vkey }, threads, findings.add);
    try {
      return await new Verification(store, inspecting, findings, { ...options, held }).run();
    } finally {
      await inspecting.close();
    }
  } finally {
    await store.close();
  }
}

class Verification {
  readonly #store: LogStore;
  readonly #inspectors: Inspecting;
  readonly #findings: FindingCollector;
  readonly #options: VerifyOptions;
  readonly #file: StateFile | undefined;

  constructor(store: LogStore, inspectors: Inspecting, findings: FindingCollector, options: VerifyOptions) {
    this.#store = store;
    this.#inspectors = inspectors;
    this.#findings = findings;
    this.#options = options;
    this.#file = options.state === undefined ? undefined : new StateFile(options.state);
  }

  async run(): Promise<VerifyReport> {
    const genesis = await readGenesis(this.#store).catch(ofNoGenesis);
    const vkey = this.#options.vkey ?? genesis?.vkey;
    const resume = await this.#resume(vkey);
    const ids = resume === undefined ? new SummingIds(Uint8Array.from(entropy(16))) : new LookedUpIds();
    const { checker, held, subtrees } = this.#checker(genesis?.origin, resume, ids);
    const from = checker.size;
    const stream = new Stream(
      this.#store,
      this.#inspectors,
      checker,
      subtrees,
      this.#findings.add,
      this.#options.onProgress,
    );
    await stream.run();
    const snapshot = checker.snapshot(); // before the end, which a later check is not at
    // The threads sum up the id table while this one looks at the container.
    const summed = ids instanceof SummingIds ? this.#sumTable(ids, stream, checker.size) : undefined;
    const inspected = inspectContainer(this.#store, resume === undefined ? 'whole' : 'outline');
    const [found, table] = await Promise.all([inspected, summed]);
    await this.#ids(ids, table, stream, checker.size);
    for (const finding of found) this.#findings.add(finding);
    const { size, root, pruned } = checker.finish({ now: Date.now(), ...stale(this.#options) });
    await this.#inspectors.settled();
    if (this.#options.vault !== undefined)
      await checkVault(this.#store, size, this.#options.vault, this.#findings.add);
    const { newest } = snapshot.heads;
    if (!this.#findings.failed && vkey !== undefined && genesis !== undefined && newest !== undefined)
      this.#file?.write(vkey, { checkpoint: headNote(genesis.origin, newest), state: snapshot });
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

  /**
   * What an incremental check goes on from. Where the store no longer has the very head that was remembered, everything is
   * checked again: what is new can't tell what became of the old.
   */
  async #resume(vkey: string | undefined): Promise<Remembered | undefined> {
    if (this.#options.incremental !== true || vkey === undefined) return undefined;
    const remembered = this.#file?.read(vkey);
    if (remembered === undefined) return undefined;
    const { size, root } = readHead(remembered.checkpoint);
    const [head] = await this.#store.heads(size, size + 1, 1);
    return head !== undefined && equalBytes(head.root, root) && remembered.state.chain.size === size
      ? remembered
      : undefined;
  }

  #checker(
    genesisOrigin: string | undefined,
    resume: Remembered | undefined,
    ids: SummingIds | LookedUpIds,
  ): { checker: LogChecker; held: readonly HeldCheckpoint[]; subtrees: Subtree[] } {
    const { vkey, held: given = [] } = this.#options;
    // What is given by hand is about this log; what is remembered, about any of its origin (format v1 §5).
    const origins = [
      ...(vkey === undefined ? [] : [parseVkey(vkey).name]),
      ...given.map(({ note }) => readHead(note).origin),
    ];
    const other = origins.find((origin) => origin !== genesisOrigin);
    const remembered = genesisOrigin === undefined ? [] : (this.#file?.checkpointsOf(genesisOrigin) ?? []);
    const held = [
      ...given,
      ...remembered.map((note) => ({ note, from: `state file ${this.#options.state}` })),
    ];
    const subtrees: Subtree[] = [];
    const checker = new LogChecker({
      report: this.#findings.add,
      ids,
      onSubtree: (level, n, hash) => subtrees.push({ level, n, hash }),
      held,
      ...(other !== undefined && { origin: other }),
      ...(vkey !== undefined && { vkeys: [vkey] }),
      ...(resume !== undefined && { resume: resume.state }),
      onDuty: (duty) => this.#inspectors.check([duty]),
    });
    return { checker, held, subtrees };
  }

  #sumTable(ids: SummingIds, stream: Stream, size: number): Promise<TableSum> {
    return this.#inspectors.sumTable({ key: ids.key, pruned: stream.pruned.list(), size });
  }

  async #ids(
    ids: SummingIds | LookedUpIds,
    table: TableSum | undefined,
    stream: Stream,
    size: number,
  ): Promise<void> {
    if (ids instanceof LookedUpIds || table === undefined) {
      if (ids instanceof LookedUpIds) await ids.lookUp(this.#store, this.#findings.add);
      return;
    }
    const now = Math.max(size, (await this.#store.head())?.size ?? 0);
    if (table.last >= now)
      this.#findings.add({
        code: 'id-table',
        index: now,
        message: `the id table has a row for entry ${table.last}, which there is not`,
      });
    if (!table.disordered && table.duplicates.length === 0 && ids.sum.matches(table.sum)) return;
    const before = this.#findings.failed;
    ids.found(await compareIds(this.#store, size, stream.pruned, this.#findings.add));
    if (!before && !this.#findings.failed && table.disordered)
      this.#findings.add({ code: 'id-table', message: 'the id table is not sorted' });
  }

  #against(held: readonly HeldCheckpoint[]): string[] {
    const notes = held.map(({ note, from }) => `checkpoint of ${readHead(note).size} entries (${from})`);
    return this.#options.vkey === undefined ? notes : [...notes, `verifier key ${this.#options.vkey}`];
  }
}

/** What is wrong with the genesis the checks will say. @throws what is no answer about it */
function ofNoGenesis(error: unknown): undefined {
  if (!(error instanceof LogError)) throw error;
  return undefined;
}

function stale({ staleAfter }: VerifyOptions): { staleAfter?: number } {
  return staleAfter === undefined ? {} : { staleAfter };
}
