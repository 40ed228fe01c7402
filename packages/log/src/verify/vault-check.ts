import {
  type Entry,
  inspectEntry,
  type Mention,
  openPart,
  parseUuid,
  type Report,
  type SealedPart,
} from '@zegel/core';
import type { LogStore } from '../port.ts';
import { damageOf } from '../vault/damage.ts';
import type { VaultReader } from '../vault/reader.ts';

/** Position of the first subject; before it are the actor and onBehalfOf (format v1 §3). */
const FIRST_SUBJECT = 2;

/** One part of an event, as far as the vault is concerned. */
interface Part {
  readonly index: number;
  /** 0 for an event that is not split. */
  readonly number: number;
  readonly subjects: readonly Mention[];
  readonly sealed: readonly SealedPart[];
}

/** An event with those of its parts that have their bodies: positions run over all of them (format v1 §3). */
interface Event {
  readonly id: Uint8Array;
  readonly uuid: string;
  readonly of: number;
  readonly subjectCount: number;
  /** Actor and onBehalfOf, which all parts repeat; of the first. */
  readonly acting: readonly (readonly [position: number, mention: Mention])[];
  readonly parts: Part[];
}

/**
 * Checks every mention and every readable sealed part of the first `size` entries against the vault (format v1 §5 Vault), and the vault's
 * file itself, where no mention leads. The vault must have been opened without healing, so that what should be destroyed and is not can still be seen.
 */
export async function checkVault(
  store: LogStore,
  size: number,
  vault: VaultReader,
  report: Report,
): Promise<void> {
  const check = new VaultCheck(vault, report);
  for await (const entries of store.read(0, size))
    for (const { index, bytes } of entries) if (bytes !== undefined) check.entry(index, bytes);
  check.finish();
  check.file();
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

  /** Numbers (b64) of handles that were found edited. */
  readonly #edited = new Set<string>();
  #unreadable = false;

  constructor(vault: VaultReader, report: Report) {
    this.#vault = vault;
    this.#report = report;
  }

  entry(index: number, bytes: Uint8Array): void {
    const entry = parse(bytes);
    if (entry === undefined) return; // has its finding already
    if (entry.kind === 'genesis') this.#origin = entry.origin;
    if (entry.kind === 'retention')
      for (const number of entry.handles)
        if (!this.#destroyed.has(number)) this.#destroyed.set(number, index);
    if (this.#event?.uuid !== entry.id) this.#judge();
    this.#event ??= eventOf(entry);
    this.#event.parts.push(partOf(entry, index));
  }

  finish(): void {
    this.#judge();
    for (const [number, index] of this.#absent) {
      const at = this.#destroyed.get(number);
      if (at === undefined)
        this.#report({
          code: 'handle-unknown',
          index,
          message: 'a mention leads to a handle that is neither live nor destroyed by an entry',
        });
    }
    for (const [number, index] of this.#destroyed)
      if (isThere(this.#handle(Buffer.from(number, 'base64url'))))
        this.#report({
          code: 'handle-undead',
          index,
          message: 'a handle that this entry destroyed is still in the vault',
        });
  }

  /** What no mention has led to. */
  file(): void {
    for (const { message, number, isElsewhere } of this.#vault.damage()) {
      const told =
        number instanceof Uint8Array && this.#edited.has(Buffer.from(number).toString('base64url'));
      const where = isElsewhere === true ? "the log's vault" : 'vault.db';
      if (!told) this.#report({ code: 'store-damaged', message: `${where}: ${message}` });
    }
  }

  /** The handle of a number, where the pages that lead to it can be read; that some can't is said once. */
  #handle(number: Uint8Array): ReturnType<VaultReader['handle']> | 'unreadable' {
    try {
      return this.#vault.handle(number);
    } catch (cause) {
      const message = `vault.db: ${damageOf(cause)}`;
      if (!this.#unreadable) this.#report({ code: 'store-damaged', message });
      this.#unreadable = true;
      return 'unreadable';
    }
  }

  #judge(): void {
    const event = this.#event;
    this.#event = undefined;
    if (event === undefined) return;
    const keys = new Map<number, Uint8Array>();
    const look = (index: number, position: number, mention: Mention): void => {
      const key = this.#mention(event.id, index, position, mention);
      if (key !== undefined) keys.set(position, key);
    };
    const first = event.parts[0]?.index ?? 0;
    for (const [position, mention] of event.acting) look(first, position, mention);
    for (const [part, start] of placed(event))
      part.subjects.forEach((mention, i) => look(part.index, FIRST_SUBJECT + start + i, mention));
    for (const part of event.parts) this.#sealed(event, part, keys);
  }

  /** The key of the mention's handle, when it is live and opens the mention. */
  #mention(id: Uint8Array, index: number, position: number, mention: Mention): Uint8Array | undefined {
    const bytes = this.#vault.numberOf(id, position, mention.ptr);
    const number = Buffer.from(bytes).toString('base64url');
    const destroyed = this.#destroyed.get(number);
    if (destroyed !== undefined && destroyed < index)
      this.#report({
        code: 'handle-reused',
        index,
        message: `uses a handle that entry ${destroyed} destroyed`,
      });
    const handle = this.#handle(bytes);
    if (handle === 'unreadable') return undefined;
    if (handle === undefined) {
      if (destroyed === undefined && !this.#absent.has(number)) this.#absent.set(number, index);
      return undefined;
    }
    if (handle !== 'damaged' && this.#vault.open(id, position, mention) !== undefined) return handle.key;
    if (handle === 'damaged') this.#edited.add(number);
    const why = handle === 'damaged' ? 'its handle was edited' : 'it is not the person of its handle';
    this.#report({
      code: 'mention-unopened',
      index,
      message: `the mention at position ${position} does not open: ${why}`,
    });
    return undefined;
  }

  #sealed(
    event: Event,
    { index, number: partNumber, sealed: all }: Part,
    keys: ReadonlyMap<number, Uint8Array>,
  ): void {
    all.forEach((sealed, position) => {
      const needed = sealed.persons.map((p) => keys.get(p));
      if (needed.some((key) => key === undefined)) return; // not readable
      const place = { origin: this.#origin, entryId: event.uuid, partNumber, position };
      const opened = openPart({ ...place, sealed, keys: needed.filter((key) => key !== undefined) });
      if (!opened.ok)
        this.#report({
          code: 'commitment-wrong',
          index,
          message: `the sealed part "${sealed.part}" does not open: ${opened.reason}`,
        });
    });
  }
}

function isThere(handle: ReturnType<VaultReader['handle']> | 'unreadable'): boolean {
  return handle !== undefined && handle !== 'unreadable';
}

function eventOf(entry: Entry): Event {
  const acting: [number, Mention][] = [];
  if ('actor' in entry && entry.actor?.person !== undefined) acting.push([0, entry.actor.person]);
  if ('onBehalfOf' in entry && entry.onBehalfOf !== undefined) acting.push([1, entry.onBehalfOf]);
  const subjectCount = 'subjectCount' in entry ? entry.subjectCount : 0;
  return {
    id: parseUuid(entry.id),
    uuid: entry.id,
    of: entry.part?.of ?? 0,
    subjectCount,
    acting,
    parts: [],
  };
}

function partOf(entry: Entry, index: number): Part {
  const subjects = 'subjects' in entry ? entry.subjects : [];
  const sealed = 'sealed' in entry ? (entry.sealed ?? []) : [];
  return { index, number: entry.part?.number ?? 0, subjects, sealed };
}

/**
 * Where the subjects of each part start among those of the event. A pruned part leaves only those certain that adjoin the
 * beginning or, counted back from `subjectCount`, the end.
 */
function placed({ parts, of, subjectCount }: Event): ReadonlyMap<Part, number> {
  const starts = new Map<Part, number>();
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if (part.number > i + 1) break;
    starts.set(part, at);
    at += part.subjects.length;
  }
  let end = subjectCount;
  for (const [i, part] of parts.toReversed().entries()) {
    if (part.number !== of - i || starts.has(part)) break;
    end -= part.subjects.length;
    starts.set(part, end);
  }
  return starts;
}

function parse(bytes: Uint8Array): Entry | undefined {
  // What is no entry of format v1 has its finding already, and nothing in it can be relied on.
  if (inspectEntry(bytes).kind === 'partial') return undefined;
  return JSON.parse(Buffer.from(bytes).toString()) as Entry;
}
