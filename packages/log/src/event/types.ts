import type { Action, ActorKind, Involvement, Outcome } from '@zegel/core';
import type { CompiledActivity } from '../register/compile.ts';

/** A person by real identifiers. `type` is `[a-z][a-z0-9-]{0,31}`, `id` 1 to 256 bytes of UTF-8 without NUL. */
export interface EventPerson {
  readonly type: string;
  readonly id: string;
}

/** Who acted. `type` defaults to the kind; `id` must be there unless the kind is `anonymous`. */
export interface EventActor {
  readonly kind: ActorKind;
  readonly type?: string;
  readonly id?: string;
  readonly role?: string;
  /** Sealed. Any printable ASCII up to 64 characters. */
  readonly ip?: string;
  /** Sealed. */
  readonly userAgent?: string;
}

/** `involvement` defaults to `target`, in a search to `shown`. */
export interface EventSubject extends EventPerson {
  readonly involvement?: Involvement;
}

/** W3C Trace Context identifiers: 32 and 16 lower-case hexadecimal digits. */
export interface EventTrace {
  readonly trace: string;
  readonly span: string;
}

/** An access to personal data, as a caller tells it. `schema/event.schema.json` describes the same. */
export interface AccessEvent {
  readonly action: Action;
  readonly activity: string;
  readonly actor: EventActor;
  /** At most 100,000; may be empty. */
  readonly subjects: readonly EventSubject[];
  /** Keys of the register, never values. At most 500. */
  readonly fields: readonly string[];
  readonly service: string;
  /** `YYYY-MM-DDTHH:mm:ss.sssZ`. Left out: the moment of writing. */
  readonly occurred?: string;
  /** The caller's own name for the event, for idempotency: 1 to 256 bytes. */
  readonly id?: string;
  /** Default `<activity>.<action>`. Never a raw path or query. */
  readonly operation?: string;
  readonly recipient?: string;
  /** What the access belonged to (an order, a ticket): the scope of handles, never logged. 1 to 256 bytes. */
  readonly case?: string;
  readonly onBehalfOf?: EventPerson;
  readonly confidential?: boolean;
  /** Free text, sealed. */
  readonly reason?: string;
  /** Default `success`. */
  readonly outcome?: Outcome;
  readonly trace?: EventTrace;
  /** Remarks of the capturing layer, such as `undeclared`. At most 16. */
  readonly flags?: readonly string[];
  /** Index of the entry that this one supplements. */
  readonly of?: number;
}

/** A subject with its involvement filled in. */
export interface NormalizedSubject {
  readonly type: string;
  readonly id: string;
  readonly involvement: Involvement;
}

/**
 * A checked event with its defaults applied, flat: every key is always there, `undefined` where
 * the caller gave nothing. Lists are sorted by UTF-16 code units and free of duplicates, except
 * `subjects`, which keep the caller's order and duplicates.
 */
export interface NormalizedEvent {
  readonly id: string | undefined;
  readonly occurred: string | undefined;
  readonly action: Action;
  /** The activity as compiled; `activity.reference` is `key@version`. */
  readonly activity: CompiledActivity;
  readonly operation: string;
  readonly service: string;
  readonly outcome: Outcome;
  readonly actorKind: ActorKind;
  /** Equal to the kind unless given. */
  readonly actorType: string;
  /** Undefined for `anonymous` only. */
  readonly actorId: string | undefined;
  readonly actorRole: string | undefined;
  readonly ip: string | undefined;
  readonly userAgent: string | undefined;
  readonly onBehalfOf: EventPerson | undefined;
  readonly subjects: readonly NormalizedSubject[];
  readonly fields: readonly string[];
  readonly recipient: string | undefined;
  readonly case: string | undefined;
  readonly confidential: boolean;
  readonly reason: string | undefined;
  readonly trace: EventTrace | undefined;
  /** Undefined rather than empty. */
  readonly flags: readonly string[] | undefined;
  readonly of: number | undefined;
}
