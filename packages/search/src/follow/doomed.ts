import type Database from 'better-sqlite3';
import type { Doomed } from '../segment/builder.ts';

/** What retention entries have destroyed and is yet to be taken out of the segments. Survives a crash in between. */
export class DoomedTable {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  add({ handles, ranges }: Doomed): void {
    if (handles.size + ranges.length === 0) return;
    const handle = this.#db.prepare('INSERT OR IGNORE INTO doomed_handle (handle) VALUES (?)');
    for (const one of handles) handle.run(Buffer.from(one, 'latin1'));
    const range = this.#db.prepare('INSERT OR IGNORE INTO doomed_range (first, last) VALUES (?, ?)');
    for (const [first, last] of ranges) range.run(first, last);
  }

  load(): Doomed {
    const handles = this.#db.prepare<[], { handle: Buffer }>('SELECT handle FROM doomed_handle').all();
    const ranges = this.#db
      .prepare<[], { first: number; last: number }>('SELECT first, last FROM doomed_range')
      .all();
    return {
      handles: new Set(handles.map((row) => row.handle.toString('latin1'))),
      ranges: ranges.map(({ first, last }) => [first, last] as const),
    };
  }

  clear(): void {
    this.#db.exec('DELETE FROM doomed_handle; DELETE FROM doomed_range;');
  }
}
