import { encodeBase64url } from '../base64url.ts';
import { treeSize } from '../brand.ts';
import { parseTime } from '../entry/time.ts';
import { assert } from '../errors.ts';
import type { Report } from '../findings.ts';
import { CompactRange, type OnSubtree } from '../merkle/compact-range.ts';
import type { AccessRun } from './access-run.ts';
import { applyControl } from './apply-control.ts';
import { checkIndex, checkPrev, checkRecorded, followsChain } from './chain.ts';
import {
  type CheckerOptions,
  type CheckSummary,
  type Freshness,
  HeldTooOldError,
} from './checker-options.ts';
import { checkControl, suspectControl } from './control.ts';
import { checkFreshness } from './freshness.ts';
import type { SignedHead } from './head.ts';
import { HeadRule } from './heads.ts';
import { type IdCollector, idBytes } from './ids.ts';
import type {
  AccessInspection,
  ControlInspection,
  Inspection,
  PartialInspection,
  PrunedLeaf,
} from './inspection.ts';
import { checkParts, finishParts, skipPart } from './parts.ts';
import { addMissing, finishPruning, isMissing } from './pruning.ts';
import { RegisterRule } from './register.ts';
import { checkSource, finishSources } from './sources.ts';
import { type CheckerState, LEAF_BYTES, leafBytes, newState } from './state.ts';
import type { Tell } from './tell.ts';

const OCCURRED_BOUND = 300_000;

/**
 * Checks a log as a stream (format v1 §5 Entries, Heads and Deletion): feed each entry's inspection,
 * or its bare leaf where the body is missing, in stored order with {@link next}; feed each stored
 * head with {@link head} right after the last entry it covers; then {@link finish}. Findings go to
 * `report` with the position of the entry. Memory grows with the logarithm of the log, the senders,
 * the register versions and the stretches of missing bodies not yet covered.
 */
export class LogChecker {
  readonly #report: Report;
  readonly #ids: IdCollector;
  readonly #bound: number;
  readonly #state: CheckerState;
  readonly #tree: CompactRange;
  readonly #registers: RegisterRule;
  readonly #heads: HeadRule;
  readonly #onSubtree: OnSubtree | undefined;
  #wanted: number;

  /** @throws HeldTooOldError; NoteError, FormatError when a held checkpoint is none */
  constructor(options: CheckerOptions) {
    this.#report = options.report;
    this.#ids = options.ids;
    this.#onSubtree = options.onSubtree;
    this.#bound = options.occurredBound ?? OCCURRED_BOUND;
    this.#state = options.resume === undefined ? newState(options.origin) : structuredClone(options.resume);
    this.#tree = CompactRange.from(treeSize(this.#state.chain.size), this.#state.edge);
    this.#registers = new RegisterRule(this.#state.register);
    this.#heads = new HeadRule(this.#state.heads, this.#state.keys, options);
    this.#wanted = this.#heads.wants();
    if (this.#wanted < this.size) throw new HeldTooOldError();
    this.#compareHeld();
  }

  /** Entries fed so far: the position of the next. */
  get size(): number {
    return this.#state.chain.size;
  }

  /** Feeds the next entry in stored order. */
  next(item: Inspection | PrunedLeaf): void {
    const { chain } = this.#state;
    switch (item.kind) {
      case 'access':
        this.#access(item);
        break;
      case 'control':
        this.#control(item);
        break;
      case 'partial':
        this.#partial(item);
        break;
      case 'pruned':
        this.#pruned();
        break;
      default:
        item satisfies never;
    }
    chain.leaf = item.leaf;
    chain.size++;
    this.#tree.append(leafBytes(item.leaf), this.#onSubtree);
    if (chain.size === this.#wanted) this.#compareHeld();
  }

  /**
   * Begins with a run of accesses: whether it follows on what was fed so that there is nothing to tell about its entries.
   * If so, each of them is to be fed with {@link LogChecker.proceed}; if not, nothing happened, and each with {@link next}.
   */
  begin(run: AccessRun): boolean {
    const { chain, parts, sources, pruning } = this.#state;
    const index = chain.size;
    if (index === 0 || parts.open !== undefined || !followsChain(chain, run) || run.late > this.#bound)
      return false;
    if (!run.scopes.every((scope) => this.#registers.isSilent(scope))) return false;
    parts.gap = 0;
    chain.recorded = run.to;
    this.#ids.collectAll(run.ids, index);
    for (const source of run.sources)
      checkSource(sources, source, index + source.at, pruning.missing, this.#tell);
    return true;
  }

  /** Feeds the entries from `from` to `to` of a run that {@link LogChecker.begin} took. */
  proceed(run: AccessRun, from: number, to: number): void {
    const { chain } = this.#state;
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + Math.max(1, this.#wanted - chain.size));
      this.#tree.appendAll(run.leaves.subarray(at * LEAF_BYTES, end * LEAF_BYTES), this.#onSubtree);
      chain.leaf = encodeBase64url(run.leaves.subarray((end - 1) * LEAF_BYTES, end * LEAF_BYTES));
      chain.size += end - at;
      at = end;
      if (chain.size === this.#wanted) this.#compareHeld();
    }
  }

  /**
   * Feeds a stored head. Heads come in ascending order, each when exactly `head.size` entries have
   * been fed; those of more entries than there are come at the end.
   */
  head(head: SignedHead): void {
    assert(head.size >= this.size, 'a head is fed right after the last entry it covers');
    if (head.size > this.size) this.#heads.beyond(head.size);
    else this.#heads.stored(head, this.#tree.root());
  }

  /** Tells what is known only at the end. Nothing may be fed after it. */
  finish(freshness?: Freshness): CheckSummary {
    const { parts, sources, pruning, chain } = this.#state;
    if (chain.size === 0) this.#tell('genesis-missing', 0, 'the log has no entries');
    finishParts(parts, this.#tell);
    finishSources(sources, this.#tell);
    finishPruning(pruning, this.#tell);
    for (const { index, first } of this.#ids.duplicates()) {
      this.#tell('id-repeat', index, `has the id of entry ${first}`);
    }
    this.#heads.finish(chain.size);
    if (freshness !== undefined) checkFreshness(this.#state, freshness, this.#tell);
    return { size: chain.size, root: this.#tree.root(), pruned: pruning.covered };
  }

  /** What a later check needs to go on from here: plain data that `structuredClone` and v8 serialisation keep. */
  snapshot(): CheckerState {
    return structuredClone({ ...this.#state, edge: this.#tree.hashes });
  }

  #access(item: AccessInspection): void {
    const index = this.#state.chain.size;
    if (index === 0) this.#tell('genesis-missing', 0, 'entry 0 is an access');
    this.#common(item, index, undefined);
    this.#registers.check(item.scope, index, this.#tell);
  }

  #control(item: ControlInspection): void {
    const { chain, control, pruning } = this.#state;
    const { entry } = item;
    const index = chain.size;
    if (index === 0 && entry.kind !== 'genesis')
      this.#tell('genesis-missing', 0, `entry 0 is a ${entry.kind}`);
    const falseUntil = entry.kind === 'clock' ? parseTime(entry.to) : undefined;
    const complete = this.#common(item, index, falseUntil);
    const link = entry.kind === 'genesis' ? undefined : entry.control;
    // A genesis that is not the first is told as such; that it carries no link is no second finding.
    if (entry.kind !== 'genesis' || index === 0) {
      const here = { index, leaf: item.leaf };
      checkControl(control, link, here, (at) => isMissing(pruning, at), this.#tell);
    }
    applyControl(this.#state, entry, index, complete, this.#tell);
  }

  // What every sound entry is checked for; returns whether an event is complete with it.
  #common(
    item: AccessInspection | ControlInspection,
    index: number,
    falseUntil: number | undefined,
  ): boolean {
    const { chain, parts, sources, pruning } = this.#state;
    for (const { code, message } of item.problems) this.#tell(code, index, message);
    checkIndex(chain, item.index, this.#tell);
    checkPrev(chain, item.prev, this.#tell);
    checkRecorded(chain, item.recorded, falseUntil, this.#tell);
    if (item.occurred > item.recorded + this.#bound)
      this.#tell('occurred-after', index, 'occurred after it was recorded');
    const { part, source } = item;
    this.#ids.collect(idBytes(item.id), part === undefined ? 0 : part.number, index);
    const complete = checkParts(parts, index, item.id, part, this.#tell);
    if (source !== undefined && complete) checkSource(sources, source, index, pruning.missing, this.#tell);
    return complete;
  }

  #partial(item: PartialInspection): void {
    const { chain, control, parts } = this.#state;
    const index = chain.size;
    for (const { code, message } of item.problems) this.#tell(code, index, message);
    if (item.index !== undefined) checkIndex(chain, item.index, this.#tell);
    if (item.prev !== undefined) checkPrev(chain, item.prev, this.#tell);
    if (item.recorded !== undefined) checkRecorded(chain, item.recorded, undefined, this.#tell);
    suspectControl(control, index);
    // It may be a part of the event that is being read; it has its finding already.
    skipPart(parts);
  }

  #pruned(): void {
    const { chain, parts, pruning } = this.#state;
    if (chain.size === 0) this.#tell('genesis-missing', 0, 'the body of entry 0 is missing');
    addMissing(pruning, chain.size, chain.recorded);
    skipPart(parts);
  }

  #compareHeld(): void {
    if (this.#wanted > this.size) return;
    this.#heads.atSize(this.size, this.#tree.root());
    this.#wanted = this.#heads.wants();
  }

  readonly #tell: Tell = (code, index, message) => {
    this.#report(index === undefined ? { code, message } : { code, index, message });
  };
}
