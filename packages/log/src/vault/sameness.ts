import type Database from 'better-sqlite3';
import { SQL } from './statements.ts';

/** What the vault knows of an event that its caller named. */
export type Sameness = 'new' | 'equal' | 'differs';

/**
 * Remembers, for events that their callers named, an HMAC of the event as given (format v1 §1, idempotency). A row goes with any handle
 * of its event; from then on the id alone decides.
 */
export class SameEvents {
  readonly #get: Database.Statement<[Uint8Array], { mac: Buffer }>;
  readonly #add: Database.Statement<[Uint8Array, Uint8Array, Uint8Array]>;
  readonly #put: Database.Statement<[Uint8Array, Uint8Array, Uint8Array]>;

  constructor(db: Database.Database) {
    this.#get = db.prepare(SQL.same);
    this.#add = db.prepare(SQL.addSame);
    this.#put = db.prepare(SQL.putSame);
  }

  /** Compares with what is remembered of this id (16 bytes). */
  compare(id: Uint8Array, mac: Uint8Array): Sameness {
    const row = this.#get.get(id);
    if (row === undefined) return 'new';
    return row.mac.equals(mac) ? 'equal' : 'differs';
  }

  /** Remembers an event. `numbers`: the handles it uses, 16 bytes each. */
  add(id: Uint8Array, mac: Uint8Array, numbers: Uint8Array): void {
    this.#add.run(id, mac, numbers);
  }

  /** Remembers another event under an id whose first never reached the log. */
  replace(id: Uint8Array, mac: Uint8Array, numbers: Uint8Array): void {
    this.#put.run(id, mac, numbers);
  }
}
