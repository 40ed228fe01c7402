import { assert } from '@zegel/core';
import type Database from 'better-sqlite3';
import { isDamage, openDatabase, removeDatabase, replicaFile, translated } from './database.ts';
import { ReplicaDamaged } from './replica-damaged.ts';
import type { ReplicaState } from './rows.ts';
import * as sql from './schema.ts';

/** Statements of an open database; what the parts of a replica work on. */
export interface Rows {
  get(text: string, ...values: readonly unknown[]): unknown;
  all(text: string, ...values: readonly unknown[]): unknown[];
  run(text: string, ...values: readonly unknown[]): number;
}

interface StateRow {
  readonly place: string;
  readonly next: number;
  readonly prev: Uint8Array | null;
  readonly keys: string;
  readonly origin: string | null;
}

/**
 * What this machine derives from a log in a bucket, shared by all processes with the same home. Synchronous, with short
 * transactions. A file that is damaged or another log's is emptied; the log is then taken in again.
 */
export class Replica {
  readonly #file: string | undefined;
  readonly #place: string;
  readonly #base: readonly string[];
  readonly #statements = new Map<string, Database.Statement>();
  #db: Database.Database;
  readonly #rows: Rows = {
    get: (text, ...values) => this.#statement(text).get(...values),
    all: (text, ...values) => this.#statement(text).all(...values),
    run: (text, ...values) => this.#statement(text).run(...values).changes,
  };

  /**
   * @param home folder of the file, undefined to keep all in memory
   * @param place names bucket and prefix
   * @param base verifier keys that the log is held to; empty when its genesis names them
   */
  constructor(home: string | undefined, place: string, base: readonly string[]) {
    this.#file = replicaFile(home);
    this.#place = place;
    this.#base = base;
    this.#db = openDatabase(this.#file);
    try {
      this.#begin();
    } catch (cause) {
      if (!(cause instanceof ReplicaDamaged)) throw cause;
      this.#begin();
    }
  }

  /** Does `work` on the rows. @throws ReplicaDamaged when the file was damaged; it has then been emptied */
  read<T>(work: (rows: Rows) => T): T {
    try {
      return work(this.#rows);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  /** Does `work` in a transaction that holds the write lock from its start. @throws as {@link Replica.read} */
  write<T>(work: (rows: Rows) => T): T {
    return this.read((rows) => this.#db.transaction(() => work(rows)).immediate());
  }

  /** Where it stands. */
  state(): ReplicaState {
    return this.read(stateOf);
  }

  /** Forgets everything, for all who share it. */
  reset(): void {
    this.write((rows) => this.#empty(rows));
  }

  /** Drops a file whose content can't be right. */
  rebuild(): void {
    this.#replace();
    this.#begin();
  }

  close(): void {
    this.#db.close();
  }

  #begin(): void {
    this.write((rows) => {
      const state = rows.get(sql.STATE) as StateRow | undefined;
      if (state === undefined) rows.run(sql.BEGIN_STATE, this.#place, JSON.stringify(this.#base));
      else if (state.place !== this.#place || !this.#isHeldTo(state)) this.#empty(rows);
    });
  }

  /** Whether what is there was taken in under the keys that this store is held to, or is of a log that has them. */
  #isHeldTo({ keys }: StateRow): boolean {
    const [first] = this.#base;
    return first === undefined || (JSON.parse(keys) as readonly unknown[]).includes(first);
  }

  #empty(rows: Rows): void {
    for (const table of sql.TABLES) rows.run(`DELETE FROM ${table}`);
    rows.run(sql.BEGIN_STATE, this.#place, JSON.stringify(this.#base));
  }

  #failed(cause: unknown): unknown {
    if (!this.#db.open || !isDamage(cause)) return translated(cause);
    this.#replace();
    this.#begin();
    return new ReplicaDamaged('the replica was damaged', { cause });
  }

  #replace(): void {
    this.#statements.clear();
    this.#db.close();
    if (this.#file !== undefined) removeDatabase(this.#file);
    this.#db = openDatabase(this.#file);
  }

  #statement(text: string): Database.Statement {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }
}

/** The state that rows tell. */
export function stateOf(rows: Rows): ReplicaState {
  const row = rows.get(sql.STATE) as StateRow | undefined;
  assert(row !== undefined, 'a replica has a state');
  return {
    next: row.next,
    prev: row.prev ?? undefined,
    keys: JSON.parse(row.keys) as readonly string[],
    origin: row.origin ?? undefined,
  };
}
