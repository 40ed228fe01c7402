import type Database from 'better-sqlite3';
import type { SegmentTable } from '../store/segments.ts';
import { readState } from '../store/state.ts';

/** How far an index goes and how large it is. */
export interface IndexStats {
  /** Entries below this index are covered. */
  readonly covered: number;
  readonly segments: number;
  readonly terms: number;
  /** Bytes of the file in use. */
  readonly bytes: number;
}

/** Reads the figures of an index. */
export function readStats(db: Database.Database, table: SegmentTable): IndexStats {
  const pages =
    Number(db.pragma('page_count', { simple: true })) - Number(db.pragma('freelist_count', { simple: true }));
  return {
    covered: readState(db)?.next ?? 0,
    segments: table.list().length,
    terms: db.prepare<[], number>('SELECT count(*) FROM term').pluck().get() ?? 0,
    bytes: pages * Number(db.pragma('page_size', { simple: true })),
  };
}
