import { openPtr } from '@zegel/core';
import type { LogStore, RemoteVault } from '../port.ts';
import { type HandleRow, openHandle } from '../vault/handle.ts';
import { fetchInto } from '../vault/remote/sync-mirror.ts';
import { SQL } from '../vault/statements.ts';
import type { VaultFile } from '../vault/vault-file.ts';
import { type EntryText, pointersOf } from './entry-facts.ts';
import { nameOf } from './prepare-event.ts';
import type { FoundHandle, Standing } from './repeated.ts';

/** What stands under ids; the value is undefined where the vault itself remembers what was given under them. */
export type StandingIds = ReadonlyMap<string, Standing | undefined>;

/** Finds out which ids stand in the log already, and with what where other machines append to it, too. */
export class Looker {
  readonly #store: LogStore;
  readonly #vault: VaultFile;
  readonly #remote: RemoteVault | undefined;

  constructor(store: LogStore, vault: VaultFile, remote: RemoteVault | undefined) {
    this.#store = store;
    this.#vault = vault;
    this.#remote = remote;
  }

  /** @throws StoreError */
  async look(ids: readonly Uint8Array[]): Promise<StandingIds> {
    const found = await Promise.all(ids.map((id) => this.#store.findById(id)));
    const standing = new Map<string, Standing | undefined>();
    for (const [i, id] of ids.entries()) {
      const index = found[i];
      if (index === undefined || standing.has(nameOf(id))) continue;
      standing.set(nameOf(id), this.#remote && (await this.#read(this.#remote, id, index)));
    }
    return standing;
  }

  /** The entry and, in this machine's vault, the handles it mentions. */
  async #read(remote: RemoteVault, id: Uint8Array, index: number): Promise<Standing> {
    const parts = await this.#parts(index);
    const row = this.#vault.db.prepare<[Uint8Array], HandleRow>(SQL.byNumber);
    const numbers = new Map<string, Uint8Array>();
    for (const [position, ptr] of pointersOf(parts ?? [])) {
      const number = openPtr(ptr, this.#vault.keys.pointer, id, position);
      numbers.set(nameOf(number), number);
    }
    const missing = [...numbers.values()].filter((number) => row.get(number) === undefined);
    await fetchInto(this.#vault, remote, missing);
    const handle = (number: Uint8Array): FoundHandle | undefined => {
      const there = row.get(number);
      const opened = there && openHandle(this.#vault.kek, there);
      return there && opened && { ...there, ...opened };
    };
    return { parts, handle };
  }

  async #parts(index: number): Promise<readonly EntryText[] | undefined> {
    const [first] = await this.#texts(index, index + 1);
    const of = first?.part?.of ?? 1;
    const parts = of === 1 ? [first] : await this.#texts(index, index + of);
    const whole = parts.filter((part) => part !== undefined);
    return whole.length === of ? whole : undefined;
  }

  async #texts(from: number, to: number): Promise<readonly (EntryText | undefined)[]> {
    const texts: (EntryText | undefined)[] = [];
    for await (const chunk of this.#store.read(from, to))
      for (const { bytes } of chunk)
        texts.push(bytes && (JSON.parse(Buffer.from(bytes).toString()) as EntryText));
    return texts;
  }
}
