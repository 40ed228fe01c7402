import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { assert, type Signer } from '@zegel/core';
import Database from 'better-sqlite3';
import { folderAt } from './at-home.ts';
import { Loot, otherKey } from './loot.ts';
import type { Objects, ObjectStore } from './objects.ts';
import { firstBroken, packSigned, packUnsigned } from './pack.ts';
import type { Pristine } from './pristine.ts';

/** The log of a scene in a bucket, at a place of its own, to be tampered with. Nothing is there before it is needed. */
export class BucketCopy {
  readonly url: string;
  readonly name: string;
  readonly pristine: Pristine;
  readonly log: ObjectStore;
  readonly vault: ObjectStore;
  /** What the machine keeps of a verifier who saw the log before anything was done to it. */
  readonly home: string;
  /** By what the vault is opened: that of all copies, until one needs its own. */
  vaultUrl: string;
  readonly #key: Signer | undefined;
  /** Whether the thief has put a changed log there, and where the first segment begins that is none then. */
  written: { readonly broken: number | undefined } | undefined;
  #isMade = false;

  /** @param key of the log, where the thief has it */
  constructor(pristine: Pristine, name: string, home: string, key: Signer | undefined) {
    this.pristine = pristine;
    this.name = name;
    this.home = home;
    this.url = pristine.at(name);
    this.vaultUrl = pristine.url;
    this.log = pristine.store('log', name);
    this.vault = pristine.store('vault', name);
    this.#key = key;
    this.#warm();
  }

  /** Puts the log as it was there, with versions of its own, once. */
  async own(): Promise<this> {
    if (this.#isMade) return this;
    this.#isMade = true;
    const versions = await this.log.putAll(this.pristine.objects);
    const db = this.#replica();
    const set = db.prepare('UPDATE segments SET version = ? WHERE first = ?');
    for (const [key, version] of versions)
      if (key.startsWith('seg/')) set.run(version, Number(key.slice('seg/'.length)));
    db.close();
    return this;
  }

  /** The same with the vault. */
  async ownVault(): Promise<this> {
    await this.own();
    if (this.vaultUrl === this.url) return this;
    await this.vault.putAll(this.pristine.vault);
    const from = folderAt(this.home, this.vaultUrl);
    this.vaultUrl = this.url;
    cpSync(join(from, 'vault.db'), join(folderAt(this.home, this.url), 'vault.db'));
    return this;
  }

  /** The same machine as `home`, but that it never saw a segment; nor a handle, where those are the thief's as well. */
  coldHome(): string {
    const cold = `${this.home}-cold`;
    cpSync(this.home, cold, { recursive: true });
    const own = folderAt(cold, this.url);
    for (const file of this.vaultUrl === this.url ? ['s3.db', 'vault.db'] : ['s3.db'])
      for (const suffix of ['', '-wal', '-shm']) rmSync(join(own, file + suffix), { force: true });
    return cold;
  }

  /** Another place for the log, under the same vault. */
  elsewhere(): ObjectStore {
    return this.pristine.store('log', `${this.name}-elsewhere`);
  }

  get elsewhereUrl(): string {
    return this.pristine.at(`${this.name}-elsewhere`);
  }

  /** All of the log, to be changed. */
  async loot(): Promise<Loot> {
    return this.#isMade ? Loot.read(this.url) : this.pristine.loot.clone();
  }

  /** Puts a changed log in the place of what is there. */
  async write(loot: Loot): Promise<void> {
    const before = this.#isMade ? await this.log.all() : this.pristine.objects;
    const objects = this.pack(loot, before);
    if (this.#isMade) await this.log.clear();
    this.#isMade = true;
    await this.log.putAll(objects);
    this.written = { broken: firstBroken(objects) };
  }

  /** Puts back what was there once. */
  async putBack(objects: Objects): Promise<void> {
    await this.own();
    await this.log.clear();
    await this.log.putAll(objects);
  }

  pack(loot: Loot, before: Objects): Objects {
    if (this.#key === undefined) return packUnsigned(loot, before, otherKey());
    return packSigned(loot, [this.#key, otherKey(), otherKey('elsewhere.example/audit')]);
  }

  /** Lets the machine know what one does that saw the log before anything was done to it. */
  #warm(): void {
    const { pristine, home } = this;
    cpSync(folderAt(pristine.home, pristine.url), folderAt(home, pristine.url), { recursive: true });
    const own = folderAt(home, this.url);
    mkdirSync(own, { recursive: true });
    for (const file of ['s3.db', 'index.db'])
      cpSync(join(folderAt(home, pristine.url), file), join(own, file));
    const db = this.#replica();
    const [from, to] = [`"${pristine.name}/"`, `"${this.name}/"`];
    const { changes } = db.prepare('UPDATE state SET place = replace(place, ?, ?)').run(from, to);
    assert(changes === 1, 'the replica is not of the scene');
    db.close();
  }

  #replica(): Database.Database {
    const file = join(folderAt(this.home, this.url), 's3.db');
    assert(existsSync(file), 'the machine has no replica');
    return new Database(file);
  }
}
