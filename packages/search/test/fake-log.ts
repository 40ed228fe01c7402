import { createHash } from 'node:crypto';
import {
  canonicalize,
  entryIndex,
  formatUuid,
  type EntryIndex,
  type JsonValue,
  mentionPtr,
  openPtr,
  personToken,
} from '@zegel/core';
import type { StoredEntry } from '@zegel/log/port';
import type { IndexVault, LogSource, TraceBox } from '../src/index.ts';

export interface FakePerson {
  readonly type: string;
  readonly id: string;
}

/** What a test says of an entry; the fake log makes the rest. */
export interface FakeEvent {
  readonly kind?: string;
  readonly occurred: number;
  readonly action?: string;
  readonly activity?: string;
  readonly operation?: string;
  readonly service?: string;
  readonly outcome?: string;
  readonly recipient?: string;
  readonly role?: string;
  readonly actorKind?: string;
  readonly actor?: FakePerson;
  readonly onBehalfOf?: FakePerson;
  readonly subjects?: readonly (FakePerson & { readonly involvement: string })[];
  readonly fields?: readonly string[];
  readonly flags?: readonly string[];
  readonly trace?: string;
  /** Handles are per person and scope. */
  readonly scope?: string;
  readonly part?: {
    readonly number: number;
    readonly of: number;
    readonly event: string;
    readonly before: number;
    /** Subjects over all parts; otherwise those of this part. */
    readonly total?: number;
  };
  readonly handles?: readonly string[];
  readonly ranges?: readonly (readonly [number, number])[];
}

const sha = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A vault in memory. `destroy` ends handles. */
export class FakeVault implements IndexVault {
  readonly #pointer = sha('pointer');
  readonly #lookup: Buffer;
  readonly #live = new Map<string, Uint8Array>();
  readonly #traces = new Map<string, string>();
  #generation = 0;

  constructor(name = 'vault') {
    this.#lookup = sha(name);
  }

  handle(person: FakePerson, scope: string): Uint8Array {
    const number = sha(`${person.type}:${person.id}:${scope}`).subarray(0, 16);
    this.#live.set(number.toString('hex'), this.personKey(person.type, person.id));
    return number;
  }

  ptr(number: Uint8Array, entryId: Uint8Array, position: number): string {
    return mentionPtr(number, this.#pointer, entryId, position);
  }

  destroy(number: Uint8Array): void {
    this.#live.delete(Buffer.from(number).toString('hex'));
    this.#generation++;
  }

  seal(trace: string): string {
    const box = sha(`box ${trace}`).toString('base64url');
    this.#traces.set(box, trace);
    return box;
  }

  personKey(type: string, id: string): Uint8Array {
    return personToken(this.#lookup, type, id);
  }
  numberOf(entryId: Uint8Array, position: number, ptr: string): Uint8Array {
    return openPtr(ptr, this.#pointer, entryId, position);
  }
  keyOf(number: Uint8Array): Uint8Array | undefined {
    return this.#live.get(Buffer.from(number).toString('hex'));
  }
  generation(): number {
    return this.#generation;
  }
  openTrace({ box, numbers }: TraceBox): string | undefined {
    return numbers.every((number) => this.keyOf(number) !== undefined) ? this.#traces.get(box) : undefined;
  }
}

/** A log in memory, in chunks of a size that is no divisor of anything. */
export class FakeLog implements LogSource {
  readonly origin: string;
  readonly vault: FakeVault;
  readonly entries: { bytes: Buffer | undefined; leafHash: Buffer; event: FakeEvent; id: string }[] = [];
  #wake: (() => void)[] = [];

  constructor(vault: FakeVault, origin = 'test.example/log') {
    this.vault = vault;
    this.origin = origin;
  }

  append(event: FakeEvent): number {
    const index = this.entries.length;
    const id = sha(event.part === undefined ? `entry ${this.origin} ${index}` : event.part.event).subarray(
      0,
      16,
    );
    id[6] = 0x70;
    id[8] = 0x80;
    const text = canonicalize(this.#entry(event, index, id) as JsonValue);
    this.entries.push({ bytes: Buffer.from(text), leafHash: sha(text), event, id: formatUuid(id) });
    for (const wake of this.#wake.splice(0)) wake();
    return index;
  }

  #entry(event: FakeEvent, index: number, id: Uint8Array): Record<string, unknown> {
    const { subjects = [], fields = [], scope = 'm', kind = 'access', part } = event;
    const mention = (person: FakePerson, position: number): { ptr: string; ref: string } => ({
      ptr: this.vault.ptr(this.vault.handle(person, scope), id, position),
      ref: 'A'.repeat(43),
    });
    const actor = {
      kind: event.actorKind ?? 'employee',
      ...(event.role === undefined ? {} : { role: event.role }),
      ...(event.actor === undefined ? {} : { person: mention(event.actor, 0) }),
    };
    const only = <T>(key: string, value: T | undefined): Record<string, T> =>
      value === undefined ? {} : { [key]: value };
    return {
      ...{ v: 1, index, id: formatUuid(id), kind, prev: 'A'.repeat(43) },
      ...{
        occurred: new Date(event.occurred).toISOString(),
        recorded: new Date(event.occurred).toISOString(),
      },
      ...(kind === 'access' ? { actor, fields, subjectCount: part?.total ?? subjects.length } : {}),
      ...{
        subjects: subjects.map((one, i) => ({
          involvement: one.involvement,
          ...mention(one, 2 + i + (part?.before ?? 0)),
        })),
      },
      ...only('action', event.action),
      ...only('activity', event.activity === undefined ? undefined : `${event.activity}@1`),
      ...only('operation', event.operation),
      ...only('service', event.service),
      ...only('outcome', event.outcome),
      ...only('recipient', event.recipient),
      ...only('flags', event.flags),
      ...only('handles', event.handles),
      ...only('ranges', event.ranges),
      ...only('onBehalfOf', event.onBehalfOf && mention(event.onBehalfOf, 1)),
      ...only('part', part && { number: part.number, of: part.of }),
      ...only(
        'sealed',
        event.trace === undefined
          ? undefined
          : [{ part: 'trace', persons: [0], commit: 'A'.repeat(43), box: this.vault.seal(event.trace) }],
      ),
    };
  }

  prune(first: number, last: number): void {
    for (let i = first; i <= last; i++) this.#at(i).bytes = undefined;
  }

  #at(index: number): FakeLog['entries'][number] {
    const entry = this.entries[index];
    if (entry === undefined) throw new Error(`no entry ${index}`);
    return entry;
  }

  async size(): Promise<number> {
    return this.entries.length;
  }
  async *read(from: number, to: number): AsyncGenerator<readonly StoredEntry[]> {
    const end = Math.min(to, this.entries.length);
    for (let at = from; at < end; at += 37) {
      yield this.entries.slice(at, Math.min(at + 37, end)).map(({ bytes, leafHash }, i) => ({
        ...{ index: entryIndex(at + i), bytes, leafHash },
      }));
    }
  }
  async *follow(from: number, signal?: AbortSignal): AsyncGenerator<readonly StoredEntry[]> {
    while (from >= this.entries.length) {
      if (signal?.aborted) return;
      await new Promise<void>((resolve) => {
        this.#wake.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      });
    }
    yield* this.read(from, this.entries.length);
  }
  async findById(id: Uint8Array): Promise<EntryIndex | undefined> {
    const found = this.entries.findIndex((entry) => entry.id === formatUuid(id));
    return found < 0 ? undefined : entryIndex(found);
  }
}
