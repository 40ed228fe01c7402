import type { ActorKind, Involvement } from '@zegel/core';
import type { CompiledRegister, PersonOf, RegisterDocument } from '@zegel/log';

/** Someone whose data is touched, by real identifiers. `involvement` defaults to `target`, in a search to `shown`. */
export interface Person<T extends string = string> {
  readonly type: T;
  /** 1 to 256 bytes of UTF-8 without NUL. */
  readonly id: string;
  readonly involvement?: Involvement;
}

/** Who acts. `type` defaults to the kind; `id` must be there unless the kind is `anonymous`. */
export interface Actor {
  readonly kind: ActorKind;
  readonly type?: string;
  /** A meaningless key rather than a name. */
  readonly id?: string;
  readonly role?: string;
  /** Sealed in the log. */
  readonly ip?: string;
  /** Sealed in the log. */
  readonly userAgent?: string;
}

/** Makes a person of one type. */
export type PersonMaker<T extends string> = (id: string, involvement?: Involvement) => Person<T>;

/** A maker for each type of person in the register: `persons.customer('c-1001')`. */
export type Persons<R extends RegisterDocument> = { readonly [T in PersonOf<R>]: PersonMaker<T> };

/** Makers for the register's types of persons; for any name where the register says `*`. */
export function personMakers(register: CompiledRegister): Readonly<Record<string, PersonMaker<string>>> {
  if (register.persons === undefined) {
    // `then` must not be there: what has it is taken for a promise.
    return new Proxy(
      {},
      { get: (_, key) => (typeof key === 'string' && key !== 'then' ? maker(key) : undefined) },
    );
  }
  return Object.freeze(Object.fromEntries([...register.persons].map((type) => [type, maker(type)])));
}

function maker(type: string): PersonMaker<string> {
  return (id, involvement) => ({ type, id, ...(involvement !== undefined && { involvement }) });
}
