import type { IndexVault } from '../vault-port.ts';
import { type Facts, placeOf } from './facts.ts';
import { HandleMap } from './handle-map.ts';

/** A person and the handle that leads to it, 8 Latin-1 characters of each. A handle keeps one object while it is remembered. */
export interface Resolved {
  readonly person: string;
  readonly handle: string;
  /** Place in the list of mentions that owns `serial`. */
  place: number;
  serial: number;
}

// While an index is made it meets most handles again soon; one that only follows its log is a guest on its machine.
const KEPT = 200_000;
const KEPT_FOLLOWING = 10_000;
/** Entries of a run, from which on an index is being made. */
const MAKING = 10_000;
// Format v1 §4 seals a part for at most 16; a group has room for 31.
const MOST_SEALERS = 31;

/**
 * From mentions to persons by way of the vault. Keeps what it learned of handles, at most about 400,000 of them while an
 * index is made and 20,000 afterwards, for as long as the vault destroys none.
 */
export class PersonResolver {
  readonly #vault: IndexVault;
  #young = new HandleMap<Resolved>();
  #old = new HandleMap<Resolved>();
  #generation: number;
  #kept = KEPT_FOLLOWING;

  constructor(vault: IndexVault) {
    this.#vault = vault;
    this.#generation = vault.generation();
  }

  /** Forgets what was learned if handles were destroyed since; to be called once per run of so many entries. */
  refresh(entries: number): void {
    const now = this.#vault.generation();
    const kept = entries < MAKING ? KEPT_FOLLOWING : KEPT;
    const isTooMuch = this.#young.size + this.#old.size > 2 * kept;
    this.#kept = kept;
    if (now === this.#generation && !isTooMuch) return;
    this.#generation = now;
    this.#young = new HandleMap();
    this.#old = new HandleMap();
  }

  /** Undefined for a mention whose handle is gone, or that is none. */
  resolve(entryId: Uint8Array, position: number, ptr: string): Resolved | undefined {
    const number = this.#number(entryId, position, ptr);
    if (number === undefined) return undefined;
    return this.#young.get(number) ?? this.#recall(number);
  }

  /** The trace of an entry as a person of the type `zegel-trace`, tied to the handles that seal it. */
  trace(
    entryId: Uint8Array,
    facts: Facts,
    base: number | undefined,
  ): { person: string; handles: string } | undefined {
    const { trace } = facts;
    if (trace === undefined || this.#vault.openTrace === undefined) return undefined;
    const numbers = trace.persons.map((place) => this.#numberAt(entryId, facts, base, place));
    if (
      numbers.length === 0 ||
      numbers.length > MOST_SEALERS ||
      !numbers.every((number) => number !== undefined)
    ) {
      return undefined;
    }
    const opened = this.#vault.openTrace({ entryId: facts.id, partNumber: facts.part, ...trace, numbers });
    if (opened === undefined) return undefined;
    const handles = numbers.map((number) => latin1of8(number, 0)).join('');
    return { person: personPrefix(this.#vault, 'zegel-trace', opened), handles };
  }

  #numberAt(
    entryId: Uint8Array,
    facts: Facts,
    base: number | undefined,
    place: number,
  ): Uint8Array | undefined {
    const mention = facts.mentions.find((one) => placeOf(one, base) === place);
    return mention && this.#number(entryId, place, mention.ptr);
  }

  #number(entryId: Uint8Array, position: number, ptr: string): Uint8Array | undefined {
    try {
      return this.#vault.numberOf(entryId, position, ptr);
    } catch {
      return undefined; // not a pointer at all: verification tells about it
    }
  }

  #recall(number: Uint8Array): Resolved | undefined {
    const found = this.#old.get(number) ?? this.#learn(number);
    if (found === undefined) return undefined;
    if (this.#young.size >= this.#kept) {
      this.#old = this.#young;
      this.#young = new HandleMap();
    }
    this.#young.add(number, found);
    return found;
  }

  #learn(number: Uint8Array): Resolved | undefined {
    const key = this.#vault.keyOf(number);
    return key && { person: latin1of8(key, 0), handle: latin1of8(number, 0), place: 0, serial: 0 };
  }
}

/** The characters by which the index knows a person. */
export function personPrefix(vault: IndexVault, type: string, id: string): string {
  return latin1of8(vault.personKey(type, id), 0);
}

/** Eight bytes as Latin-1; several times faster than by way of a Buffer. */
export function latin1of8(bytes: Uint8Array, at: number): string {
  const n = (i: number): number => bytes[at + i] ?? 0;
  return String.fromCharCode(n(0), n(1), n(2), n(3), n(4), n(5), n(6), n(7));
}
