import type { Action } from '@zegel/core';
import type { AccessEvent, EventActor, EventSubject } from '../event/types.ts';
import type { RegisterActivity, RegisterDocument, RegisterField, RegisterTable } from './types.ts';

type Listed<T> = T extends readonly (infer Item extends string)[] ? Item : string;
type Keyed<T> = T extends object ? Extract<keyof T, string> : string;
type Member<T, Key extends string, Default> = T extends { readonly [K in Key]: infer Value }
  ? Value
  : Default;

/** Keys of a register's activities. */
export type ActivityOf<R extends RegisterDocument> = Extract<keyof R['activities'], string>;

/** Types of a register's persons; any text where it says `*`. */
export type PersonOf<R extends RegisterDocument> = Listed<R['persons']>;

/** Roles of a register's actors; any text where it says `*`. */
export type RoleOf<R extends RegisterDocument> = Listed<R['roles']>;

/** Keys of a register's fields; of one activity's with a second argument. */
export type FieldOf<R extends RegisterDocument, A extends ActivityOf<R> | undefined = undefined> =
  A extends ActivityOf<R> ? Listed<R['activities'][A]['fields']> : Keyed<R['fields']>;

/** Keys of a register's recipients; those that one activity may give data to with a second argument. */
export type RecipientOf<R extends RegisterDocument, A extends ActivityOf<R> | undefined = undefined> =
  A extends ActivityOf<R>
    ? Listed<Member<R['activities'][A], 'recipients', R['recipients'] extends '*' ? '*' : readonly []>>
    : Keyed<R['recipients']>;

/** Actions that an activity allows. */
export type ActionOf<R extends RegisterDocument, A extends ActivityOf<R>> = R['activities'][A] extends {
  readonly actions: readonly (infer Allowed extends Action)[];
}
  ? Allowed
  : Action;

/** An access event under one activity of a register, every name checked by the compiler. */
export type AccessEventUnder<R extends RegisterDocument, A extends ActivityOf<R>> = Omit<
  AccessEvent,
  'activity' | 'action' | 'fields' | 'recipient' | 'actor' | 'subjects'
> & {
  readonly activity: A;
  readonly action: ActionOf<R, A>;
  readonly fields: readonly FieldOf<R, A>[];
  readonly recipient?: RecipientOf<R, A>;
  readonly actor: Omit<EventActor, 'role'> & {
    readonly role?: Listed<Member<R['activities'][A], 'roles', R['roles']>>;
  };
  readonly subjects: readonly (Omit<EventSubject, 'type'> & {
    readonly type: Listed<Member<R['activities'][A], 'persons', R['persons']>>;
  })[];
};

/** An access event under any activity of a register. */
export type AccessEventOf<R extends RegisterDocument> = {
  [A in ActivityOf<R>]: AccessEventUnder<R, A>;
}[ActivityOf<R>];

type Only<Given, Allowed> = { readonly [K in Exclude<keyof Given, keyof Allowed>]: never };

type CheckedActivity<R extends RegisterDocument, Given> = Only<Given, RegisterActivity> & {
  readonly fields: '*' | readonly Keyed<R['fields']>[];
  readonly persons?: readonly PersonOf<R>[];
  readonly roles?: readonly RoleOf<R>[];
  readonly recipients?: readonly Keyed<R['recipients']>[];
};

type TableOf<R extends RegisterDocument> = Keyed<Member<R, 'tables', never>>;

/** What a document must be for its own names to lead somewhere; `never` stands where a key is unknown. */
export type Checked<R extends RegisterDocument> = Only<R, RegisterDocument> & {
  readonly activities: { readonly [A in keyof R['activities']]: CheckedActivity<R, R['activities'][A]> };
  readonly fields: {
    readonly [F in keyof R['fields']]: Only<R['fields'][F], RegisterField> & {
      readonly columns?: readonly `${TableOf<R>}.${string}`[];
    };
  };
  readonly tables?: { readonly [table: string]: RegisterTable & { readonly person: PersonOf<R> } };
};
