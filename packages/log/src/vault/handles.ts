import type Database from 'better-sqlite3';
import { hmacSha256, personToken } from '@zegel/core';
import { entropy } from '../entropy.ts';
import { LogError } from '../errors.ts';
import { RecentMap } from './cache.ts';
import {
  type Handle,
  type HandleRow,
  type HandleSort,
  KeptHandle,
  openHandle,
  sealHandle,
} from './handle.ts';
import { SQL } from './statements.ts';
import type { VaultFile } from './vault-file.ts';

/** Whom an entry needs a handle for. */
export interface Wanted {
  readonly type: string;
  readonly id: string;
  readonly activity: string;
  readonly sort: HandleSort;
  /** Subjects only: the case, which then is the scope. */
  readonly case: string | undefined;
  /** Confidential entries use handles of their own. */
  readonly confidential: boolean;
  /** Calendar month in UTC, `2026-11`: the scope where there is no case. */
  readonly month: string;
}

/** Everything that makes two handles different. */
type Key = readonly (string | boolean | undefined)[];

type Scoped = Pick<Wanted, 'sort' | 'case' | 'confidential' | 'month'>;

/** Persons under their activities that a busy month may name; about 300 bytes each. */
const CACHED = 100_000;

/**
 * Finds or makes handles, many in one transaction: {@link Handles.begin}, {@link Handles.resolve} for each person,
 * {@link Handles.commit}. A handle is durable when `commit` returned, which is before the entry that names it is written.
 */
export class Handles {
  readonly #vault: VaultFile;
  readonly #cache = new RecentMap<Handle>(CACHED);
  readonly #byScope: Database.Statement<[Uint8Array, string, string, Uint8Array], HandleRow>;
  readonly #add: Database.Statement;
  readonly #state: Database.Statement<[string], { value: number }>;
  readonly #changes: Database.Statement<[], number>;
  #fresh: Key[] = [];
  #made: HandleRow[] = [];
  #generation = -1;
  #version: number | undefined = -1;

  constructor(vault: VaultFile) {
    this.#vault = vault;
    this.#byScope = vault.db.prepare(SQL.byScope);
    this.#add = vault.db.prepare(SQL.addHandle);
    this.#state = vault.db.prepare(SQL.state);
    this.#changes = vault.db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  /** Starts a round: looks whether the vault is still there, and forgets what it remembered when any process destroyed handles since the last one. */
  begin(): void {
    this.#vault.checkPlace();
    const version = this.#changes.get();
    if (version === this.#version) return;
    this.#version = version;
    const generation = this.#state.get('generation')?.value ?? 0;
    if (generation !== this.#generation) this.#cache.clear();
    this.#generation = generation;
  }

  /** The handle of this person in this scope, made when there is none yet. */
  resolve(wanted: Wanted): Handle {
    const { sort, activity, confidential, month, type, id } = wanted;
    const scope = sort === 'subject' ? wanted.case : undefined;
    const key = [activity, sort, type, month, confidential, scope, id];
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const handle = this.#find(wanted, key);
    this.#cache.set(key, handle);
    return handle;
  }

  /** Opens the transaction that {@link commit} ends; called by whoever is about to write to the vault. */
  write(): Database.Database {
    if (!this.#vault.db.inTransaction) this.#vault.db.exec('BEGIN IMMEDIATE');
    return this.#vault.db;
  }

  /** Makes the round durable, or undoes it: what is not in the vault must not be remembered. */
  commit(): void {
    try {
      if (this.#vault.db.inTransaction) {
        this.#vault.db.exec('COMMIT');
        this.#vault.checkPlace(); // handles in a file that is gone would be lost with it
      }
    } catch (error) {
      this.rollback();
      throw error;
    }
    this.#fresh = [];
    this.#made = [];
  }

  /** Handles that were made in this round, not durable yet. */
  get made(): readonly HandleRow[] {
    return this.#made;
  }

  /** Undoes the round after a failure. */
  rollback(): void {
    if (this.#vault.db.inTransaction) this.#vault.db.exec('ROLLBACK');
    for (const key of this.#fresh) this.#cache.delete(key);
    this.#fresh = [];
    this.#made = [];
  }

  /** Forgets every remembered handle. */
  forget(): void {
    this.#cache.clear();
  }

  #find(wanted: Wanted, key: Key): Handle {
    const { lookup } = this.#vault.keys;
    const person = personToken(lookup, wanted.type, wanted.id);
    const scope = scopeToken(lookup, wanted);
    const row = this.#byScope.get(person, wanted.activity, wanted.sort, scope);
    if (row !== undefined) return this.#open(row);
    this.#fresh.push(key);
    return this.#make(wanted, person, scope);
  }

  #make(wanted: Wanted, person: Uint8Array, scope: Uint8Array): Handle {
    if (!this.#vault.db.inTransaction) {
      this.write();
      const there = this.#byScope.get(person, wanted.activity, wanted.sort, scope); // another process may have been first
      if (there !== undefined) return this.#open(there);
    }
    const [number, salt, key] = [entropy(16), entropy(32), entropy(32)].map((b) => Buffer.from(b)) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    const row = {
      number,
      person: Buffer.from(person),
      activity: wanted.activity,
      sort: wanted.sort,
      scope: Buffer.from(scope),
      month: wanted.case === undefined || wanted.sort === 'actor' ? wanted.month : null,
      opened: Date.now(),
    };
    const who = {
      type: wanted.type,
      id: wanted.id,
      ...(row.month === null ? { case: wanted.case ?? '' } : {}),
    };
    const box = Buffer.from(sealHandle(this.#vault.kek, row, salt, key, who));
    this.#made.push({ ...row, box });
    this.#add.run(row.number, row.person, row.activity, row.sort, row.scope, row.month, row.opened, box);
    return new KeptHandle({ number, salt, key, type: wanted.type, id: wanted.id });
  }

  #open(row: HandleRow): Handle {
    const handle = openHandle(this.#vault.kek, row);
    if (handle === undefined)
      throw new LogError('VAULT_DAMAGED', 'a handle of the vault does not open: it was edited');
    return new KeptHandle(handle);
  }
}

/** What finds the handle of a person in a scope, 32 bytes, without saying which it is. */
export function scopeToken(lookup: Uint8Array, wanted: Scoped): Uint8Array {
  return hmacSha256(lookup, Buffer.from(`zegel/scope/v1\0${scopeText(wanted)}`));
}

function scopeText(wanted: Scoped): string {
  const scope =
    wanted.case !== undefined && wanted.sort === 'subject' ? `case:${wanted.case}` : `month:${wanted.month}`;
  return wanted.confidential ? `confidential ${scope}` : scope;
}
