import type { Action } from '@zegel/core';
import type {
  AccessEventUnder,
  ActionOf,
  ActivityOf,
  CompiledActivity,
  FieldOf,
  Policy,
  RecipientOf,
  RegisterDocument,
} from '@zegel/log';
import type { Person } from './person.ts';

/** What an access is declared as, apart from whom it concerns. */
export interface Declaration {
  readonly action: Action;
  readonly fields: readonly string[];
  /** Default: of a route its method and pattern, else `<activity>.<action>`. Never a URL. */
  readonly operation?: string;
  readonly recipient?: string;
  /** Withheld from the subject's report until lifted. */
  readonly confidential?: boolean;
  /** Free text, sealed. Default: the context's. */
  readonly reason?: string;
  /** What the access belongs to, such as an order. Default: the context's. */
  readonly case?: string;
}

/** A {@link Declaration} whose names the compiler checks against the register. */
export interface DeclarationOf<R extends RegisterDocument, A extends ActivityOf<R>>
  extends Omit<Declaration, 'action' | 'fields' | 'recipient'> {
  readonly action: ActionOf<R, A>;
  readonly fields: readonly FieldOf<R, A>[];
  readonly recipient?: RecipientOf<R, A>;
}

/** A person of a type that the activity may concern. */
export type PersonUnder<R extends RegisterDocument, A extends ActivityOf<R>> = Person<
  AccessEventUnder<R, A>['subjects'][number]['type']
>;

/** A declaration that fits its register: fields without duplicates and in order, and the activity's policy. */
export interface CheckedDeclaration extends Declaration {
  readonly activity: string;
  readonly policy: Policy;
  readonly compiled: CompiledActivity;
  /** Equal for declarations whose discovered persons are merged within one request. */
  readonly key: string;
}
