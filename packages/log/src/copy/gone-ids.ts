import Database from 'better-sqlite3';
import { controlsBack } from '../controls.ts';
import type { LogStore, StoredHead } from '../port.ts';

/** Id and part of an entry whose body no longer says them. */
export interface EntryName {
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly part: number;
}

/** Names of the entries whose bodies were pruned, by index. */
export interface GoneIds {
  find(index: number): EntryName | undefined;
  close(): void;
}

type Range = readonly [first: number, last: number];

/**
 * Collects, from a store's id table, what the bodies that `retention` entries name can't tell. There may be many: they are
 * kept in a file that the system forgets with the process.
 */
export async function goneIds(store: LogStore, head: StoredHead, pruned: number): Promise<GoneIds> {
  const db = new Database(''); // SQLite keeps it in memory as long as it is small
  db.exec('CREATE TABLE gone (idx INTEGER PRIMARY KEY, id BLOB NOT NULL, part INTEGER NOT NULL) STRICT');
  if (pruned > 0) await collect(db, store, await rangesOf(store, head.control));
  const find = db.prepare<[number], EntryName>('SELECT id, part FROM gone WHERE idx = ?');
  return { find: (index) => find.get(index), close: () => db.close() };
}

async function rangesOf(store: LogStore, newest: number): Promise<readonly Range[]> {
  const ranges: Range[] = [];
  for await (const { kind, body } of controlsBack(store, newest))
    if (kind === 'retention') ranges.push(...((body['ranges'] as readonly Range[] | undefined) ?? []));
  return ranges.sort(([a], [b]) => a - b);
}

async function collect(db: Database.Database, store: LogStore, ranges: readonly Range[]): Promise<void> {
  const add = db.prepare('INSERT OR IGNORE INTO gone (idx, id, part) VALUES (?, ?, ?)');
  for await (const rows of store.idRows())
    db.transaction(() => {
      for (const { id, part, index } of rows) if (isIn(ranges, index)) add.run(index, id, part);
    })();
}

/** By halves: ranges are sorted by their begin, and an earlier one may reach beyond a later one's. */
function isIn(ranges: readonly Range[], index: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ranges[middle]?.[0] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  for (let n = low - 1; n >= 0; n--) if ((ranges[n]?.[1] ?? -1) >= index) return true;
  return false;
}
