import type Database from 'better-sqlite3';
import type { Bits } from '../segment/bits.ts';
import { Terms } from '../segment/terms.ts';
import type { SegmentTable } from '../store/segments.ts';
import { readState } from '../store/state.ts';
import { loadTerms } from '../store/term-table.ts';
import { evaluate } from './evaluate.ts';
import type { Sought } from './resolve.ts';
import { SegmentView } from './segment-view.ts';

/** Hits of one segment. */
export interface SegmentHits {
  readonly view: SegmentView;
  /** Not empty. Valid until the next segment is asked for. */
  readonly bits: Bits;
}

/** Terms of an index file, kept between searches and read again when the index was begun anew. */
export class TermCache {
  #terms = new Terms();
  #epoch = -1;

  load(db: Database.Database): Terms {
    const epoch = readState(db)?.epoch ?? 0;
    if (epoch !== this.#epoch) this.#terms = new Terms();
    this.#epoch = epoch;
    return loadTerms(db, this.#terms);
  }

  /** Drops terms that were given out and not saved. */
  drop(): void {
    this.#epoch = -1;
  }
}

/** Which entries are searched, and from which end; both bounds are excluded. */
export interface Window {
  readonly below?: number | undefined;
  /** Where it is given segments come oldest first, else newest first. */
  readonly above?: number | undefined;
}

/** Segments with hits in a window. To be used in one read transaction. */
export function* searchSegments(
  table: SegmentTable,
  terms: Terms,
  sought: readonly Sought[],
  { above, below }: Window,
): IterableIterator<SegmentHits> {
  if (sought.some(isImpossible)) return;
  const [from, to] = [(above ?? -1) + 1, (below ?? Number.MAX_SAFE_INTEGER) - 1];
  const within: Sought = { negated: false, terms: [], persons: [], times: [], indexes: [[from, to]] };
  const limited = above === undefined && below === undefined ? sought : [within, ...sought];
  const rows = table.list();
  for (const row of above === undefined ? rows.toReversed() : rows) {
    if (row.first > to || row.first + row.count <= from) continue;
    const view = new SegmentView(row, table);
    const bits = evaluate(view, limited, terms);
    if (bits !== undefined) yield { view, bits };
  }
}

function isImpossible({ negated, terms, persons, times, indexes }: Sought): boolean {
  return !negated && terms.length + persons.length + times.length + indexes.length === 0;
}
