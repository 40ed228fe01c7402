import type Database from 'better-sqlite3';
import type { LogSource } from '../log-port.ts';
import { TermCache } from '../search/session.ts';
import { SEGMENT_ENTRIES } from '../segment/bits.ts';
import { SegmentBuilder } from '../segment/builder.ts';
import { DamagedChunk, sound } from '../segment/damaged.ts';
import { appendSegment } from '../segment/decode.ts';
import { newDraft } from '../segment/draft.ts';
import { encodeSegment, type EncodedSegment } from '../segment/encode.ts';
import { joinGroups } from '../segment/group-order.ts';
import { PersonResolver } from '../segment/person-resolver.ts';
import { pruneEntries, pruneGroups } from '../segment/prune.ts';
import type { Terms } from '../segment/terms.ts';
import { isDamage } from '../store/database.ts';
import { IndexError } from '../store/index-error.ts';
import type { SegmentTable } from '../store/segments.ts';
import { clearIndex, type IndexState, readState, writeState } from '../store/state.ts';
import { saveTerms } from '../store/term-table.ts';
import type { IndexVault } from '../vault-port.ts';
import { DoomedTable } from './doomed.ts';
import { removeFromSegments } from './forget.ts';
import { emptyState, mismatch } from './head.ts';
import { segmentsToMerge } from './merge.ts';
import { addEntries } from './part-base.ts';

/** A run of entries made ready outside the lock. */
interface Run {
  readonly builder: SegmentBuilder;
  readonly from: IndexState;
  readonly leaf: Uint8Array;
}

/** Writes the index. Several processes may each have one: whoever comes second under the lock finds its work done. */
export class Indexer {
  readonly #db: Database.Database;
  readonly #table: SegmentTable;
  readonly #log: LogSource;
  readonly #vault: IndexVault | undefined;
  readonly #persons: PersonResolver | undefined;
  readonly #doomed: DoomedTable;
  readonly #cache = new TermCache();
  #untruncated = false;

  constructor(db: Database.Database, table: SegmentTable, log: LogSource, vault: IndexVault | undefined) {
    this.#db = db;
    this.#table = table;
    this.#log = log;
    this.#vault = vault;
    this.#persons = vault && new PersonResolver(vault);
    this.#doomed = new DoomedTable(db);
  }

  /** Indexes everything that the log has now, then takes out what it has destroyed. Returns the size covered. */
  async catchUp(signal?: AbortSignal): Promise<number> {
    try {
      return await this.#advance(signal).catch((error: unknown) => {
        if (!(error instanceof DamagedChunk)) throw error;
        this.restart(readState(this.#db)?.epoch); // derived, so a damaged index is simply made again
        return this.#advance(signal);
      });
    } catch (cause) {
      if (!isDamage(cause)) throw cause;
      this.condemn();
      throw new IndexError(
        'INDEX_DAMAGED',
        'the index file is damaged; opened anew for writing, it is rebuilt',
        { cause },
      );
    }
  }

  /** Marks a file that SQLite finds damaged as one of another version, so that who opens it next begins anew. */
  condemn(): void {
    try {
      this.#db.pragma('user_version = -1');
    } catch (error) {
      if (!isDamage(error)) throw error; // then opening will find it damaged, too
    }
  }

  async #advance(signal: AbortSignal | undefined): Promise<number> {
    await this.#ensureHead();
    let state = this.#state();
    while (!signal?.aborted && state.next < (await this.#log.size())) {
      const run = await this.#read(state);
      if (run === undefined) break;
      this.#commit(run);
      state = this.#state();
    }
    this.sweep();
    return state.next;
  }

  /** Begins anew when the index is not of this log. */
  async #ensureHead(): Promise<void> {
    const state = readState(this.#db);
    if ((await mismatch(state, this.#log, this.#vault)) !== undefined) this.restart(state?.epoch);
  }

  /** Empties the index, unless another process has done so since `epoch`. */
  restart(epoch: number | undefined): void {
    const restart = this.#db.transaction(() => {
      const now = readState(this.#db)?.epoch;
      if (now !== epoch) return;
      clearIndex(this.#db);
      writeState(this.#db, emptyState(this.#log, this.#vault, (now ?? 0) + 1));
    });
    restart.immediate();
  }

  /** Takes out what retention entries destroyed, down to the write-ahead file. Returns the segments rewritten. */
  sweep(): number {
    const { handles, ranges } = this.#doomed.load();
    this.#truncate();
    if (handles.size + ranges.length === 0) return 0;
    return this.remove({ handles, ranges, persons: new Set() });
  }

  remove(removal: Parameters<typeof removeFromSegments>[2]): number {
    const remove = this.#db.transaction(() => {
      const rewritten = removeFromSegments(this.#table, this.#terms(), removal);
      this.#doomed.clear();
      return rewritten;
    });
    const rewritten = remove.immediate();
    this.#untruncated = true;
    this.#truncate();
    return rewritten;
  }

  /** Empties the write-ahead file, where the old pages still stand; a reader in its way means trying again later. */
  #truncate(): void {
    if (!this.#untruncated) return;
    const [result] = this.#db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    this.#untruncated = result?.busy === 1;
  }

  #state(): IndexState {
    return readState(this.#db) ?? emptyState(this.#log, this.#vault, 0);
  }

  #terms(): Terms {
    return this.#cache.load(this.#db);
  }

  /** Reads entries from the end of the index to the end of its block, or of the log. */
  async #read(from: IndexState): Promise<Run | undefined> {
    const first = from.next;
    const block = (Math.floor(first / SEGMENT_ENTRIES) + 1) * SEGMENT_ENTRIES;
    const end = Math.min(block, await this.#log.size());
    this.#persons?.refresh(end - first);
    const builder = new SegmentBuilder(first, end - first, this.#terms(), this.#persons);
    let leaf = from.leaf;
    for await (const chunk of this.#log.read(first, end)) {
      await addEntries(builder, this.#log, chunk);
      leaf = chunk.at(-1)?.leafHash ?? leaf;
    }
    builder.finish();
    return builder.draft.count === 0 ? undefined : { builder, from, leaf };
  }

  #commit({ builder, from, leaf }: Run): void {
    const commit = this.#db.transaction(() => {
      const state = this.#state();
      if (state.epoch !== from.epoch || state.next !== from.next) return false; // another follower was first
      const saved = this.#db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM term').pluck().get() ?? 0;
      saveTerms(this.#db, this.#terms(), saved);
      this.#write(builder);
      this.#doomed.add(builder.doomed);
      writeState(this.#db, { ...state, next: from.next + builder.draft.count, leaf });
      return true;
    });
    let done = false;
    try {
      done = commit.immediate();
    } finally {
      if (!done) this.#cache.drop();
    }
  }

  #write({ draft, doomed }: SegmentBuilder): void {
    pruneEntries(draft, doomed.ranges);
    if (doomed.handles.size > 0)
      pruneGroups(draft, (_, handles) => handles.some((one) => doomed.handles.has(one)));
    const merged = segmentsToMerge(this.#table.list(), draft.first, draft.count);
    const added = encodeSegment(draft);
    this.#table.insert(
      merged.length === 0
        ? added
        : this.#merge(
            merged.map((row) => this.#table.load(row)),
            added,
          ),
    );
    for (const row of merged) this.#table.remove(row.slot);
  }

  #merge(before: readonly EncodedSegment[], added: EncodedSegment): EncodedSegment {
    const all = [...before, added];
    const count = all.reduce((sum, one) => sum + one.count, 0);
    sound(count <= SEGMENT_ENTRIES, 'segments too long');
    const draft = newDraft(all[0]?.first ?? 0, count);
    for (const segment of all) appendSegment(draft, segment, this.#terms());
    draft.groups = joinGroups(draft.groups);
    return encodeSegment(draft);
  }
}
