import { randomBytes } from 'node:crypto';
import { assert } from '@zegel/core';
import type Database from 'better-sqlite3';
import { isDamage, openDatabase, removeDatabase, replicaFile, translated } from './database.ts';
import { ReplicaDamaged } from './replica-damaged.ts';
import type { ReplicaState, SeenHead } from './rows.ts';
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
  readonly generation: string;
}

/**
 * What this machine derives from a log in a bucket, shared by all processes with the same home. Synchronous, with short
 * transactions. A file that is damaged is emptied; the log is then taken in again.
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

  /** Does `work` on the rows as they stood at one time, whatever another process does to them meanwhile. @throws as {@link Replica.read} */
  snapshot<T>(work: (rows: Rows) => T): T {
    return this.read((rows) => this.#db.transaction(() => work(rows)).deferred());
  }

  /** Does `work` in a transaction that holds the write lock from its start. @throws as {@link Replica.read} */
  write<T>(work: (rows: Rows) => T): T {
    return this.read((rows) => this.#db.transaction(() => work(rows)).immediate());
  }

  /** Where it stands. */
  state(): ReplicaState {
    return this.read(stateOf);
  }

  /** Whether what is there was taken in from this place, under the keys that this store is held to. */
  isOurs(): boolean {
    const [own] = this.#base;
    const { next, keys } = this.state();
    return this.isHere() && (own === undefined ? next > 0 || keys.length === 0 : keys.includes(own));
  }

  /** Whether what is there was taken in from this place. */
  isHere(): boolean {
    return (this.read((rows) => rows.get(sql.STATE)) as StateRow).place === this.#place;
  }

  /**
   * Forgets everything, for all who share it, and remembers this checkpoint. Nothing happens where another process
   * has emptied it since: this one then knows nothing about it.
   */
  reset(generation: string, seen: SeenHead | undefined): void {
    this.write((rows) => {
      if (stateOf(rows).generation !== generation) return;
      if (seen !== undefined) rows.run(sql.ADD_SEEN, seen.origin, seen.size, seen.root, seen.signatures);
      for (const table of sql.TABLES) rows.run(`DELETE FROM ${table}`);
      this.#beginState(rows);
    });
  }

  close(): void {
    this.#db.close();
  }

  #begin(): void {
    this.write((rows) => {
      if (rows.get(sql.STATE) === undefined) this.#beginState(rows);
    });
  }

  #beginState(rows: Rows): void {
    const generation = randomBytes(16).toString('hex');
    rows.run(sql.BEGIN_STATE, this.#place, JSON.stringify(this.#base), generation);
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
    generation: row.generation,
    next: row.next,
    prev: row.prev ?? undefined,
    keys: JSON.parse(row.keys) as readonly string[],
    origin: row.origin ?? undefined,
  };
}
