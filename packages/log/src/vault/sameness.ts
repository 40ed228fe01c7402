import type Database from 'better-sqlite3';
import { equalBytes, hmacSha256 } from '@zegel/core';
import { SQL } from './statements.ts';
import type { VaultFile } from './vault-file.ts';

/** What the vault knows of an event that its caller named. */
export type Sameness = 'new' | 'equal' | 'differs';

/** A row of the vault's `same` table. */
export interface SameRow {
  readonly id: Buffer;
  /** HMAC of the event as given, then the row's own over id, that and numbers: 32 bytes each. */
  readonly mac: Buffer;
  /** The handles it uses, 16 bytes each. */
  readonly numbers: Buffer;
}

const MAC = 32;
const LABEL = Buffer.from('zegel/same/v1\0');

/**
 * Remembers, for events that their callers named, an HMAC of the event as given (format v1 §1, idempotency). A row goes with any handle
 * of its event; from then on the id alone decides.
 */
export class SameEvents {
  readonly #key: Uint8Array;
  readonly #get: Database.Statement<[Uint8Array], { mac: Buffer }>;
  readonly #add: Database.Statement<[Uint8Array, Uint8Array, Uint8Array]>;
  readonly #put: Database.Statement<[Uint8Array, Uint8Array, Uint8Array]>;

  constructor({ db, keys }: VaultFile) {
    this.#key = keys.same;
    this.#get = db.prepare(SQL.same);
    this.#add = db.prepare(SQL.addSame);
    this.#put = db.prepare(SQL.putSame);
  }

  /** Compares with what is remembered of this id (16 bytes). */
  compare(id: Uint8Array, mac: Uint8Array): Sameness {
    const row = this.#get.get(id);
    if (row === undefined) return 'new';
    return row.mac.subarray(0, MAC).equals(mac) ? 'equal' : 'differs';
  }

  /** Remembers an event. `numbers`: the handles it uses, 16 bytes each. */
  add(id: Uint8Array, mac: Uint8Array, numbers: Uint8Array): void {
    this.#add.run(id, Buffer.concat([mac, rowMac(this.#key, id, mac, numbers)]), numbers);
  }

  /** Remembers another event under an id whose first never reached the log. */
  replace(id: Uint8Array, mac: Uint8Array, numbers: Uint8Array): void {
    this.#put.run(id, Buffer.concat([mac, rowMac(this.#key, id, mac, numbers)]), numbers);
  }
}

/** Whether a row is as this vault wrote it. */
export function isSound(key: Uint8Array, { id, mac, numbers }: SameRow): boolean {
  if (![id, mac, numbers].every((bytes) => bytes instanceof Uint8Array)) return false;
  if (id.length !== 16 || mac.length !== 2 * MAC) return false;
  return equalBytes(mac.subarray(MAC), rowMac(key, id, mac.subarray(0, MAC), numbers));
}

/** Id and HMAC are of one length each, so that nothing else reads the same. */
function rowMac(key: Uint8Array, id: Uint8Array, mac: Uint8Array, numbers: Uint8Array): Uint8Array {
  return hmacSha256(key, Buffer.concat([LABEL, id, mac, numbers]));
}
