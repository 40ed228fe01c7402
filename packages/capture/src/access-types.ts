import type { Action } from '@zegel/core';
import type { ActionOf, ActivityOf, RegisterDocument } from '@zegel/log';
import type { DeclarationOf, PersonUnder } from './declaration.ts';

/** Activities of a register that allow an action. */
export type ActivityFor<R extends RegisterDocument, Doing extends Action> = {
  [A in ActivityOf<R>]: Doing extends ActionOf<R, A> ? A : never;
}[ActivityOf<R>];

type Under<R extends RegisterDocument, Doing extends Action> = ActivityOf<R> & ActivityFor<R, Doing>;

/** Fields and the rest, without whom it concerns. */
export type Discovered<R extends RegisterDocument, A extends ActivityOf<R>> = Omit<
  DeclarationOf<R, A>,
  'action'
>;

/** Whom an access concerns, known beforehand, with its fields. Nobody is said by an empty list. */
export type Known<R extends RegisterDocument, A extends ActivityOf<R>> = Discovered<R, A> &
  (
    | { readonly subject: PersonUnder<R, A> | readonly PersonUnder<R, A>[]; readonly subjects?: never }
    | { readonly subjects: readonly PersonUnder<R, A>[]; readonly subject?: never }
  );

type Act<T> = () => T | Promise<T>;

/** An access whose persons are found in its result: done, sealed, then handed over. */
export interface SearchVerb<R extends RegisterDocument, Doing extends Action> {
  /**
   * Does `act` and withholds its result until the entry is durable.
   *
   * @param persons whom the result concerns; none at all says that nobody was found
   * @throws CaptureError; what `act` throws
   */
  <A extends Under<R, Doing>, T>(
    activity: A,
    found: Discovered<R, A>,
    act: Act<T>,
    persons: (result: NoInfer<T>) => readonly PersonUnder<R, A>[],
  ): Promise<T>;
}

/** An access by one action. */
export interface Verb<R extends RegisterDocument, Doing extends Action> extends SearchVerb<R, Doing> {
  /**
   * Seals an entry, then does `act`. What `act` throws becomes a second entry `error` (`denied` for a {@link DeniedError})
   * and is thrown on.
   *
   * @throws CaptureError, and then `act` has not run under `strict`; what `act` throws
   */
  <A extends Under<R, Doing>, T>(activity: A, known: Known<R, A>, act: Act<T>): Promise<T>;
}

/** Adds whom the result concerns to the open access. */
export interface Saw<R extends RegisterDocument> {
  /** Into the access that is open here. Nobody at all says that nobody was found. @throws CaptureError `NO_CONTEXT` */
  (...persons: readonly PersonUnder<R, ActivityOf<R>>[]): void;
  (persons: readonly PersonUnder<R, ActivityOf<R>>[]): void;
  /** Under a declaration of its own, merged over the request: for resolvers and loaders. @throws CaptureError */
  <A extends ActivityOf<R>>(
    activity: A,
    declaration: DeclarationOf<R, A>,
    persons: readonly PersonUnder<R, A>[],
  ): void;
}

/** Accesses to personal data, one function per action. */
export type Access<R extends RegisterDocument> = {
  readonly [Doing in Exclude<Action, 'search'>]: Verb<R, Doing>;
} & {
  readonly search: SearchVerb<R, 'search'>;
  readonly saw: Saw<R>;
  /**
   * Hands on each chunk once an entry of its persons is durable. A source without chunks is an access that found nobody.
   *
   * @throws CaptureError
   */
  stream<A extends ActivityOf<R>, T>(
    activity: A,
    declaration: DeclarationOf<R, A>,
    source: AsyncIterable<T> | Iterable<T>,
    persons: (chunk: NoInfer<T>) => readonly PersonUnder<R, A>[],
  ): AsyncGenerator<T, void, undefined>;
  /** Seals that an access was refused before it began. @throws CaptureError */
  denied<A extends ActivityOf<R>>(
    activity: A,
    declaration: DeclarationOf<R, A> & {
      readonly subject?: PersonUnder<R, A> | readonly PersonUnder<R, A>[];
    },
  ): Promise<void>;
};
