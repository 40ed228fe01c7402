import type Database from 'better-sqlite3';
import { mentionOpening, mentionRef, openPtr, personToken } from '@zegel/core';
import { LogError } from '../errors.ts';
import { RecentMap } from './cache.ts';
import { type VaultDamage, vaultError } from './damage.ts';
import { type Handle, type HandleIdentity, type HandleRow, openHandle } from './handle.ts';
import { inspectVault } from './inspect.ts';
import type { HandleFetcher } from './remote/fetcher.ts';
import { ReadAhead } from './read-ahead.ts';
import { SQL } from './statements.ts';
import type { VaultFile } from './vault-file.ts';

/** A person as an entry mentions them (format v1 §3). */
export interface MentionText {
  readonly ref: string;
  readonly ptr: string;
}

/** Answers whom mentions stand for. Synchronous, over a connection of its own. */
export interface VaultReader {
  /** 32 bytes: what the index keys a person by. */
  personKey(type: string, id: string): Uint8Array;
  /** 16 bytes: the handle number a mention points to. `entryId`: 16 bytes. */
  numberOf(entryId: Uint8Array, position: number, ptr: string): Uint8Array;
  /** The index key of the person of a live handle. */
  keyOf(number: Uint8Array): Uint8Array | undefined;
  /** Whether any handle of this index key is left. */
  hasPerson(key: Uint8Array): boolean;
  /** The live handle of this number; `'damaged'` when its row was edited. */
  handle(number: Uint8Array): (Handle & HandleIdentity) | undefined | 'damaged';
  /** Whom a mention stands for; undefined when its handle is gone or it does not open. */
  open(entryId: Uint8Array, position: number, mention: MentionText): { type: string; id: string } | undefined;
  /**
   * Numbers of all live handles of a person, oldest first. Of a vault that is elsewhere, all that this machine lacks are brought
   * first, while the caller's thread waits: an erasure by what one machine has met would leave the others alive.
   *
   * @throws LogError `VAULT_BUSY` when that place can't be reached
   */
  handlesOf(
    type: string,
    id: string,
  ): readonly { number: Uint8Array; activity: string; sort: string; month: string | null; opened: number }[];
  /** Numbers of all live handles, ascending. */
  numbers(): IterableIterator<Uint8Array>;
  /** What of the vault's file is damaged or edited, whether or not an entry leads to it; reads all of it. */
  damage(): IterableIterator<VaultDamage>;
  /** Grows whenever handles are destroyed, by any process. */
  generation(): number;
  close(): void;
}

/** Handles remembered, some 300 bytes each: those of the pages that people look at, and of what an index is made of just now. */
const CACHED = 10_000;

/** A {@link VaultReader} over an open vault, which it closes. */
export class VaultFileReader implements VaultReader {
  readonly #vault: VaultFile;
  readonly #handles = new RecentMap<Handle & HandleIdentity>(CACHED);
  readonly #keys = new RecentMap<Uint8Array>(CACHED);
  readonly #row: Database.Statement<[Uint8Array], HandleRow>;
  readonly #person: Database.Statement<[Uint8Array], { place: number; person: Buffer }>;
  readonly #ahead: ReadAhead;
  readonly #state: Database.Statement<[string], { value: number }>;
  readonly #has: Database.Statement<[Uint8Array], { one: number }>;
  readonly #fetcher: HandleFetcher | undefined;
  readonly #elsewhere: readonly VaultDamage[];
  #generation: number;
  #fresh = false;

  /**
   * @param fetcher brings handles that this machine's vault does not have yet, where the log's vault is elsewhere
   * @param elsewhere what was found to be damaged there
   */
  constructor(vault: VaultFile, fetcher?: HandleFetcher, elsewhere: readonly VaultDamage[] = []) {
    this.#vault = vault;
    this.#fetcher = fetcher;
    this.#elsewhere = elsewhere;
    this.#row = vault.db.prepare(SQL.byNumber);
    this.#person = vault.db.prepare(SQL.personOf);
    this.#ahead = new ReadAhead(vault.db);
    this.#state = vault.db.prepare(SQL.state);
    this.#has = vault.db.prepare(SQL.hasPerson);
    this.#generation = this.#readGeneration();
  }

  personKey(type: string, id: string): Uint8Array {
    return personToken(this.#vault.keys.lookup, type, id);
  }

  numberOf(entryId: Uint8Array, position: number, ptr: string): Uint8Array {
    return openPtr(ptr, this.#vault.keys.pointer, entryId, position);
  }

  keyOf(number: Uint8Array): Uint8Array | undefined {
    this.#refresh();
    const name = latin1(number);
    const cached = this.#keys.get([name]);
    if (cached !== undefined) return cached;
    const row = this.#sought(number, () => this.#person.get(number));
    if (row === undefined) return undefined;
    this.#keys.set([name], row.person);
    this.#ahead.from(row.place, this.#keys);
    return row.person;
  }

  hasPerson(key: Uint8Array): boolean {
    return told(() => this.#has.get(key)) !== undefined;
  }

  handle(number: Uint8Array): (Handle & HandleIdentity) | undefined | 'damaged' {
    this.#refresh();
    const name = latin1(number);
    const cached = this.#handles.get([name]);
    if (cached !== undefined) return cached;
    const row = this.#sought(number, () => this.#row.get(number));
    if (row === undefined) return undefined;
    const handle = openHandle(this.#vault.kek, row);
    if (handle === undefined || !row.person.equals(this.personKey(handle.type, handle.id))) return 'damaged';
    this.#handles.set([name], handle);
    return handle;
  }

  open(
    entryId: Uint8Array,
    position: number,
    mention: MentionText,
  ): { type: string; id: string } | undefined {
    const handle = this.handle(this.numberOf(entryId, position, mention.ptr));
    if (handle === undefined || handle === 'damaged') return undefined;
    const ref = mentionRef(mentionOpening(handle.salt, entryId, position), handle.type, handle.id);
    return ref === mention.ref ? { type: handle.type, id: handle.id } : undefined;
  }

  handlesOf(type: string, id: string): ReturnType<VaultReader['handlesOf']> {
    const person = this.personKey(type, id);
    this.#fetcher?.fetchAll();
    return told(() => this.#vault.db.prepare<[Uint8Array], HandleRow>(SQL.byPerson).all(person));
  }

  *numbers(): IterableIterator<Uint8Array> {
    // A page at a time: a reading that went on would keep what is destroyed meanwhile in the journal.
    const page = this.#vault.db.prepare<[Uint8Array], { number: Buffer }>(SQL.numbers);
    for (let rows = told(() => page.all(Buffer.alloc(0))); rows.length > 0; ) {
      for (const { number } of rows) yield number;
      const last = rows.at(-1)?.number ?? Buffer.alloc(0);
      rows = told(() => page.all(last));
      // A damaged index would be gone through for ever.
      const next = rows[0]?.number;
      if (next !== undefined && !(next instanceof Uint8Array && Buffer.compare(next, last) > 0))
        throw new LogError('VAULT_DAMAGED', 'the handles of the vault are not in order');
    }
  }

  *damage(): IterableIterator<VaultDamage> {
    for (const damage of this.#elsewhere) yield damage;
    yield* inspectVault(this.#vault);
  }

  generation(): number {
    const now = this.#readGeneration();
    if (now !== this.#generation) {
      this.#handles.clear();
      this.#keys.clear();
      this.#generation = now;
    }
    return now;
  }

  close(): void {
    this.#vault.db.close();
    void this.#fetcher?.close();
  }

  /** Reads a row; a second time if the handle had to be fetched. */
  #sought<T>(number: Uint8Array, read: () => T | undefined): T | undefined {
    const row = told(read);
    if (row !== undefined || this.#fetcher?.fetch(number) !== true) return row;
    return told(read);
  }

  /** Forgets what other processes destroyed; looks once per turn of the event loop, in which this thread can't be told anything. */
  #refresh(): void {
    if (this.#fresh) return;
    this.generation();
    this.#fresh = true;
    queueMicrotask(() => {
      this.#fresh = false;
    });
  }

  #readGeneration(): number {
    return told(() => this.#state.get('generation'))?.value ?? 0;
  }
}

/** What a reading gives; SQLite's errors are told as the vault's. */
function told<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw vaultError(cause);
  }
}

function latin1(number: Uint8Array): string {
  return Buffer.from(number.buffer, number.byteOffset, number.length).toString('latin1');
}
