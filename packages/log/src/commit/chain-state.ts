import { type Checkpoint, type CompactRange, parseTime } from '@zegel/core';
import { LogError } from '../errors.ts';
import type { CommitView, StoredEntry, StoredHead, Subtree } from '../port.ts';

const EMPTY = Buffer.alloc(0);
const ACCESS = Buffer.from('"kind":"access"');

/** Position and leaf hash (b64) of the newest entry whose kind is not `access`. */
export interface ControlLink {
  readonly index: number;
  readonly leaf: string;
}

/**
 * What a writer knows of the log below its head: the right edge of the tree, the last leaf hash, the clock, the control
 * chain. It only ever grows from entry to entry, so what it signs is consistent with all it signed before.
 */
export class ChainState {
  range: CompactRange;
  /** b64 leaf hash of the last entry; for an empty log, of the origin. */
  prev: string;
  recorded: number;
  control: ControlLink | undefined;
  /** Handle numbers (latin1) named by others' `retention` entries met since this state began. Shared with clones, so never changed in place. */
  destroyed: ReadonlySet<string>;
  /** Register versions met since this state began. */
  registers = 0;
  /** Root of the tree at the last checkpoint seen or made here, undefined before the first. */
  root: Buffer | undefined;

  constructor(
    range: CompactRange,
    prev: string,
    recorded: number,
    control: ControlLink | undefined,
    destroyed: ReadonlySet<string>,
  ) {
    this.range = range;
    this.prev = prev;
    this.recorded = recorded;
    this.control = control;
    this.destroyed = destroyed;
  }

  get size(): number {
    return this.range.size;
  }

  clone(): ChainState {
    const state = new ChainState(this.range.clone(), this.prev, this.recorded, this.control, this.destroyed);
    state.registers = this.registers;
    state.root = this.root;
    return state;
  }

  /**
   * Takes in what other writers appended.
   *
   * @throws LogError `LOG_TRUNCATED` when the store has fewer entries than this writer has seen
   */
  catchUp(view: CommitView): void {
    if (view.size < this.size) throw truncated(view.size, this.size);
    if (view.size === this.size) {
      if (this.root !== undefined && !this.root.equals(view.head?.root ?? EMPTY)) throw forked(this.size);
      return;
    }
    for (let from = this.size; from < view.size; from += 1024)
      for (const entry of view.read(from, Math.min(from + 1024, view.size))) this.take(entry);
    this.root = Buffer.from(this.range.root());
    if (view.head !== undefined && !this.root.equals(view.head.root))
      throw new LogError(
        'LOG_DAMAGED',
        `the store's tree of ${view.size} entries is not the one its entries give`,
      );
  }

  /** Takes in the next entry of the log. */
  take(entry: StoredEntry): void {
    this.range.append(entry.leafHash);
    this.prev = base64url(entry.leafHash);
    if (entry.bytes === undefined) return; // a pruned access
    const bytes = Buffer.from(entry.bytes.buffer, entry.bytes.byteOffset, entry.bytes.length);
    this.recorded = Math.max(this.recorded, recordedOf(bytes));
    if (bytes.includes(ACCESS)) return;
    this.control = { index: entry.index, leaf: this.prev };
    const body = JSON.parse(bytes.toString()) as {
      kind: string;
      handles?: string[];
      part?: { number: number };
    };
    if (body.kind === 'register' && (body.part?.number ?? 1) === 1) this.registers++;
    if (body.kind !== 'retention') return;
    this.destroyed = new Set([
      ...this.destroyed,
      ...(body.handles ?? []).map((h) => Buffer.from(h, 'base64url').toString('latin1')),
    ]);
  }
}

/** The error of a store that has lost its tail; `against` is what it was compared with. */
function truncated(size: number, seen: number, against = 'this writer has seen'): LogError {
  return new LogError(
    'LOG_TRUNCATED',
    `the store holds ${size} entries, ${against} ${seen}: the log was truncated, nothing is appended to it`,
  );
}

/** Refuses to go on from a store that is not consistent with the last checkpoint signed (format v1 §2). */
export function checkSigned(
  signed: Checkpoint | undefined,
  head: StoredHead | undefined,
  rootAtSigned: Uint8Array | undefined,
): void {
  if (signed === undefined) return;
  const size = head?.size ?? 0;
  if (size < signed.size) throw truncated(size, signed.size, 'this signer has signed');
  if (rootAtSigned !== undefined && Buffer.from(rootAtSigned).equals(signed.root)) return;
  throw forked(signed.size);
}

function forked(size: number): LogError {
  return new LogError(
    'LOG_FORKED',
    `the store is not consistent with the checkpoint of ${size} entries that this signer signed`,
  );
}

/** The `recorded` time of an entry, ms; read from the bytes where it stands before `service`, `subjects` and `v`. */
function recordedOf(bytes: Buffer): number {
  const mark = bytes.lastIndexOf('"recorded":"');
  return mark < 0 ? 0 : (parseTime(bytes.toString('latin1', mark + 12, mark + 36)) ?? 0);
}

function base64url(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString('base64url');
}

/** Collects the subtrees that appended leaves complete. */
export class SubtreeCollector {
  readonly subtrees: Subtree[] = [];
  readonly add = (level: number, n: number, hash: Uint8Array): void => {
    this.subtrees.push({ level, n, hash });
  };
}
