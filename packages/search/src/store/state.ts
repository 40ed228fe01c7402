import type Database from 'better-sqlite3';
import { prepared } from './prepared.ts';
import { TABLES } from './schema.ts';

/** Whose index this is and how far it goes. */
export interface IndexState {
  readonly origin: string;
  /** Entries below this index are covered. */
  readonly next: number;
  /** Leaf hash of entry `next - 1`; empty when `next` is 0. */
  readonly leaf: Uint8Array;
  /** A token of the vault that the persons come from; empty when there was none. */
  readonly vault: Uint8Array;
  /** Grows when the index is begun anew. */
  readonly epoch: number;
}

/** Reads the state; undefined in a new file, and for one that nobody of ours wrote. */
export function readState(db: Database.Database): IndexState | undefined {
  const rows = prepared(db, 'SELECT name, value FROM state').all() as { name: string; value: unknown }[];
  const values = new Map(rows.map((row) => [row.name, row.value]));
  const origin = values.get('origin');
  const next = values.get('next');
  const leaf = values.get('leaf');
  const vault = values.get('vault');
  const epoch = values.get('epoch');
  if (typeof origin !== 'string' || !isCount(next) || !isCount(epoch)) return undefined;
  return leaf instanceof Uint8Array && vault instanceof Uint8Array
    ? { origin, next, leaf, vault, epoch }
    : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function writeState(db: Database.Database, state: IndexState): void {
  const put = db.prepare('INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)');
  put.run('origin', state.origin);
  put.run('next', BigInt(state.next)); // a whole number, where a JavaScript number would be stored as a float
  put.run('leaf', state.leaf);
  put.run('vault', state.vault);
  put.run('epoch', BigInt(state.epoch));
}

/** Empties the index. To be called in a transaction. */
export function clearIndex(db: Database.Database): void {
  for (const table of TABLES) db.prepare(`DELETE FROM ${table}`).run();
}
