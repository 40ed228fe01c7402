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

/** Segments with hits below an index, newest first. To be used in one read transaction. */
export function* searchSegments(
  table: SegmentTable,
  terms: Terms,
  sought: readonly Sought[],
  below: number,
): IterableIterator<SegmentHits> {
  if (sought.some(isImpossible)) return;
  const limited: readonly Sought[] =
    below === Number.POSITIVE_INFINITY
      ? sought
      : [{ negated: false, terms: [], persons: [], times: [], indexes: [[0, below - 1]] }, ...sought];
  for (const row of table.list().toReversed()) {
    if (row.first >= below) continue;
    const view = new SegmentView(row, table);
    const bits = evaluate(view, limited, terms);
    if (bits !== undefined) yield { view, bits };
  }
}

function isImpossible({ negated, terms, persons, times, indexes }: Sought): boolean {
  return !negated && terms.length + persons.length + times.length + indexes.length === 0;
}
