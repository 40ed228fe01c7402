import {
  type Entry,
  type Mention,
  openPart,
  parseUuid,
  type Report,
  type SealedPart,
} from '@zegel/core';
import type { LogStore } from '../port.ts';
import type { VaultReader } from '../vault/reader.ts';

/** A mention at its position. */
interface Placed {
  readonly index: number;
  readonly position: number;
  readonly mention: Mention;
}

/** An event with all its parts: positions run over all of them (format v1 §3). */
interface Event {
  readonly id: Uint8Array;
  readonly uuid: string;
  readonly placed: Placed[];
  readonly sealed: { readonly index: number; readonly part: number; readonly parts: readonly SealedPart[] }[];
  subjects: number;
}

/**
 * Checks every mention and every readable sealed part against the vault (format v1 §5 Vault). The vault must have been
 * opened without healing, so that what should be destroyed and is not can still be seen.
 */
export async function checkVault(store: LogStore, vault: VaultReader, report: Report): Promise<void> {
  const check = new VaultCheck(vault, report);
  for await (const entries of store.read(0, Number.MAX_SAFE_INTEGER))
    for (const { index, bytes } of entries) if (bytes !== undefined) check.entry(index, bytes);
  check.finish();
}

class VaultCheck {
  readonly #vault: VaultReader;
  readonly #report: Report;
  /** Number (b64) of each handle that a `retention` entry destroyed, and that entry. */
  readonly #destroyed = new Map<string, number>();
  #origin = '';
  #event: Event | undefined;
  /** Handles that are not live, with the first mention: judged at the end, when all destructions are known. */
  readonly #absent = new Map<string, number>();

  constructor(vault: VaultReader, report: Report) {
    this.#vault = vault;
    this.#report = report;
  }

  entry(index: number, bytes: Uint8Array): void {
    const entry = parse(bytes);
    if (entry === undefined) return; // has its finding already
    if (entry.kind === 'genesis') this.#origin = entry.origin;
    if (entry.kind === 'retention') for (const number of entry.handles) this.#destroyed.set(number, index);
    const more = entry.part !== undefined && entry.part.number > 1;
    if (!more) this.#judge();
    this.#event ??= { id: parseUuid(entry.id), uuid: entry.id, placed: [], sealed: [], subjects: 0 };
    collect(this.#event, index, entry, more);
  }

  finish(): void {
    this.#judge();
    for (const [number, index] of this.#absent) {
      const at = this.#destroyed.get(number);
      if (at === undefined) this.#report({ code: 'handle-unknown', index, message: 'a mention leads to a handle that is neither live nor destroyed by an entry' });
    }
    for (const [number, index] of this.#destroyed)
      if (this.#vault.handle(Buffer.from(number, 'base64url')) !== undefined)
        this.#report({ code: 'handle-undead', index, message: 'a handle that this entry destroyed is still in the vault' });
  }

  #judge(): void {
    const event = this.#event;
    this.#event = undefined;
    if (event === undefined) return;
    const keys = new Map<number, Uint8Array>();
    for (const { index, position, mention } of event.placed) {
      const key = this.#mention(event.id, index, position, mention);
      if (key !== undefined) keys.set(position, key);
    }
    for (const { index, part, parts } of event.sealed) this.#sealed(event, index, part, parts, keys);
  }

  /** The key of the mention's handle, when it is live and opens the mention. */
  #mention(id: Uint8Array, index: number, position: number, mention: Mention): Uint8Array | undefined {
    const bytes = this.#vault.numberOf(id, position, mention.ptr);
    const number = Buffer.from(bytes).toString('base64url');
    const destroyed = this.#destroyed.get(number);
    if (destroyed !== undefined && destroyed < index) this.#report({ code: 'handle-reused', index, message: `uses a handle that entry ${destroyed} destroyed` });
    const handle = this.#vault.handle(bytes);
    if (handle === undefined) {
      if (destroyed === undefined && !this.#absent.has(number)) this.#absent.set(number, index);
      return undefined;
    }
    if (handle !== 'damaged' && this.#vault.open(id, position, mention) !== undefined) return handle.key;
    const why = handle === 'damaged' ? 'its handle was edited' : 'it is not the person of its handle';
    this.#report({ code: 'mention-unopened', index, message: `the mention at position ${position} does not open: ${why}` });
    return undefined;
  }

  #sealed(event: Event, index: number, partNumber: number, parts: readonly SealedPart[], keys: ReadonlyMap<number, Uint8Array>): void {
    parts.forEach((sealed, position) => {
      const needed = sealed.persons.map((p) => keys.get(p));
      if (needed.some((key) => key === undefined)) return; // not readable
      const place = { origin: this.#origin, entryId: event.uuid, partNumber, position };
      const opened = openPart({ ...place, sealed, keys: needed.filter((key) => key !== undefined) });
      if (!opened.ok) this.#report({ code: 'commitment-wrong', index, message: `the sealed part "${sealed.part}" does not open: ${opened.reason}` });
    });
  }
}

function collect(event: Event, index: number, entry: Entry, more: boolean): void {
  const add = (position: number, mention: Mention | undefined): void => {
    if (mention !== undefined) event.placed.push({ index, position, mention });
  };
  if (!more && 'actor' in entry) add(0, entry.actor?.person);
  if (!more && 'onBehalfOf' in entry) add(1, entry.onBehalfOf);
  if ('subjects' in entry) for (const subject of entry.subjects) add(2 + event.subjects++, subject);
  if ('sealed' in entry && entry.sealed !== undefined) event.sealed.push({ index, part: entry.part?.number ?? 0, parts: entry.sealed });
}

function parse(bytes: Uint8Array): Entry | undefined {
  try {
    const entry = JSON.parse(Buffer.from(bytes).toString()) as Entry;
    parseUuid(entry.id);
    return entry;
  } catch {
    return undefined; // inspection has named it
  }
}
