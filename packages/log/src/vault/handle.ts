import { encodeBase64url } from '@zegel/core';
import { openEnvelope, sealEnvelope } from './envelope.ts';

/** Whether a handle stands for somebody who acts or somebody whose data it is: their terms differ (format v1 §3). */
export type HandleSort = 'actor' | 'subject';

/** A handle as an entry needs it: one person under one activity in one scope (format v1 §3). */
export interface Handle {
  /** 16 bytes. */
  readonly number: Uint8Array;
  /** 32 bytes; opens this person's mentions. */
  readonly salt: Uint8Array;
  /** 32 bytes; seals this person's parts. */
  readonly key: Uint8Array;
  readonly type: string;
  readonly id: string;
}

const SALT = 16;
const KEY = 48;
const END = 80;

/** A handle as it is kept by the hundred thousand: one piece of memory for its number, salt and key. */
export class KeptHandle implements Handle {
  readonly type: string;
  readonly id: string;
  readonly #bytes: Buffer;

  constructor({ number, salt, key, type, id }: Handle) {
    this.#bytes = Buffer.allocUnsafe(END);
    this.#bytes.set(number);
    this.#bytes.set(salt, SALT);
    this.#bytes.set(key, KEY);
    this.type = type;
    this.id = id;
  }

  get number(): Uint8Array {
    return this.#bytes.subarray(0, SALT);
  }

  get salt(): Uint8Array {
    return this.#bytes.subarray(SALT, KEY);
  }

  get key(): Uint8Array {
    return this.#bytes.subarray(KEY, END);
  }
}

/** A row of the vault's `handle` table. */
export interface HandleRow {
  readonly number: Buffer;
  readonly person: Buffer;
  readonly activity: string;
  readonly sort: HandleSort;
  readonly scope: Buffer;
  readonly month: string | null;
  readonly opened: number;
  readonly box: Buffer;
}

/** What is sealed in a row besides salt and key. */
export interface HandleIdentity {
  readonly type: string;
  readonly id: string;
  /** The case that the caller named; never logged. */
  readonly case?: string;
}

type Outside = Omit<HandleRow, 'box'>;

/** Seals salt, key and identity, bound to every other column of the row, so that an edited column no longer opens. */
export function sealHandle(
  kek: Uint8Array,
  row: Outside,
  salt: Uint8Array,
  key: Uint8Array,
  who: HandleIdentity,
): Uint8Array {
  const identity = Buffer.from(
    JSON.stringify(who.case === undefined ? [who.type, who.id] : [who.type, who.id, who.case]),
  );
  return sealEnvelope(kek, Buffer.concat([salt, key, identity]), about(row));
}

/** Opens a row; undefined when any of its columns or bytes is not as it was sealed. */
export function openHandle(kek: Uint8Array, row: HandleRow): (Handle & HandleIdentity) | undefined {
  const { number, person, scope: scoped, box } = row;
  // A damaged page can give any column any type.
  if (![number, person, scoped, box].every((bytes) => bytes instanceof Uint8Array)) return undefined;
  const plain = openEnvelope(kek, box, about(row));
  if (plain === undefined) return undefined;
  const [type, id, scope] = JSON.parse(plain.toString('utf8', 64)) as [string, string, string?];
  const handle = { number: row.number, salt: plain.subarray(0, 32), key: plain.subarray(32, 64), type, id };
  return scope === undefined ? handle : { ...handle, case: scope };
}

function about(row: Outside): string {
  const bytes = [row.number, row.person, row.scope].map((b) => encodeBase64url(b));
  return `zegel/handle/v1 ${bytes.join(' ')} ${row.activity} ${row.sort} ${row.month ?? ''} ${row.opened}`;
}
