import type { Outcome } from '@zegel/core';
import type { EventPerson, EventTrace, Policy } from '@zegel/log';
import type { CheckedDeclaration } from './declaration.ts';
import type { Actor, Person } from './person.ts';

/** What a context may carry besides its actor. */
export interface ContextMore {
  readonly onBehalfOf?: EventPerson;
  /** What the work belongs to, such as an order or a ticket: the scope of handles, never logged. */
  readonly case?: string;
  /** Free text, sealed with every entry. */
  readonly reason?: string;
  /** Default: a new one. */
  readonly trace?: EventTrace;
}

/** What a context is made of. Without an actor it is `anonymous`. */
export interface ContextSeed extends ContextMore {
  readonly actor: Actor | undefined;
  /** Name of what is done, for declarations that give none. */
  readonly operation?: string;
}

/** What a captured driver saw a statement do. */
export interface Observation {
  /** Whose data came out or was changed. */
  readonly persons: readonly Person[];
  /** Keys of the register's fields. */
  readonly fields: readonly string[];
  /** The statement's shape as a name, never its text. */
  readonly operation?: string;
  /** Some columns have no origin. */
  readonly unknown?: boolean;
  /** Data was changed. */
  readonly write?: boolean;
}

/** How a piece of work ended. */
export interface End {
  readonly outcome: Exclude<Outcome, 'begun'>;
}

/** One declared access of a context, between its beginning and its end. */
export interface Declared {
  readonly policy: Policy;
  /** Whether `before` seals an entry: the subjects are known, or data is going to be changed. */
  readonly early: boolean;
  /**
   * To be awaited before the act; does nothing where nothing is to be sealed yet.
   *
   * @throws CaptureError `LOG_UNAVAILABLE` under `strict`: the act must not run · `DECLARATION_INVALID`
   */
  before(): Promise<void>;
  /**
   * To be awaited before anything of the result, an error included, goes out. A second call does nothing.
   *
   * @throws CaptureError `LOG_UNAVAILABLE`, `NOTHING_SEEN`, `UNDECLARED`, `BULK_UNKNOWN`: the result must be dropped
   */
  after(end: End): Promise<void>;
}

/** The context of one request or job: who acts, and what has been declared, seen and observed so far. */
export interface RequestContext {
  readonly actor: Actor;
  readonly operation: string | undefined;
  readonly trace: EventTrace;
  /** Runs `fn` and all that it starts in this context. */
  run<T>(fn: () => T): T;
  /** Opens an access. `operation` serves when the declaration names none. */
  declare(
    checked: CheckedDeclaration,
    subjects: readonly Person[] | 'discovered',
    operation?: string,
  ): Declared;
  /**
   * Takes what a captured driver saw. To be called before a statement's result is handed on, and for a write before it
   * runs, so that what may not be done is not done.
   *
   * @throws CaptureError under `strict`: `UNDECLARED` beyond the declared fields or outside any declaration, `BULK_UNKNOWN`
   *   for a write of which nobody knows whom it touches
   */
  observe(observation: Observation): void;
  /** Adds persons to the access that is open. None at all says that nobody was found. @throws CaptureError `NO_CONTEXT` */
  saw(persons: readonly Person[]): void;
  /**
   * Adds persons to those of this request with an equal declaration, opened here if there is none.
   *
   * @throws CaptureError `NO_CONTEXT` after `seal`
   */
  sawUnder(checked: CheckedDeclaration, persons: readonly Person[]): void;
  /**
   * Seals what was discovered outside any {@link Declared}, and ends the request. To be awaited, like `after`, before a
   * result goes out, also where nothing was declared; `after` seals it too.
   *
   * @throws CaptureError `LOG_UNAVAILABLE`
   */
  seal(end: End): Promise<void>;
}
