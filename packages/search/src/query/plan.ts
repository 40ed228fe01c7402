import type { Clause, PersonValue, Query, QualifierClause, TokenValue, Value } from './ast.ts';
import { parseQuery } from './parse.ts';
import { valueRange } from './plan-time.ts';
import { ACTOR_KINDS } from './qualifiers.ts';

/** Where a person stands in an entry. */
export type PersonPlace = 'actor' | 'onBehalfOf' | 'subject';

/** One test of an entry. */
export type Test =
  /** The entry has `value` as (one of) its `attribute`. */
  | { readonly kind: 'term'; readonly attribute: string; readonly value: string }
  /** The entry names this person there; subjects with this involvement, if one is given. */
  | {
      readonly kind: 'person';
      readonly place: PersonPlace;
      readonly type: string;
      readonly id: string;
      readonly involvement?: string;
    }
  /** The same of a person given by token (16 hexadecimal digits). */
  | {
      readonly kind: 'token';
      readonly place: PersonPlace;
      readonly token: string;
      readonly involvement?: string;
    }
  /** `from <= occurred < to`, ms. */
  | { readonly kind: 'time'; readonly from: number; readonly to: number }
  /** `first <= index <= last`. */
  | { readonly kind: 'index'; readonly first: number; readonly last: number }
  /** The entry, or a part of it, has this UUID. */
  | { readonly kind: 'id'; readonly id: string }
  /** The entry carries a sealed trace with this id. */
  | { readonly kind: 'trace'; readonly trace: string }
  /** The name of its operation, service or activity contains this text, in small letters. */
  | { readonly kind: 'word'; readonly text: string };

/** A test for a person, named or by token. */
export type PersonTest = Test & { kind: 'person' | 'token' };

/** Holds when any test holds, or with `negated` when none does. */
export interface Condition {
  readonly negated: boolean;
  readonly any: readonly Test[];
}

/** A query made ready: every condition must hold. */
export interface Plan {
  readonly conditions: readonly Condition[];
}

/** What a plan depends on besides the query. */
export interface PlanOptions {
  /** ms since 1970; relative times count back from it. */
  readonly now: number;
  /** IANA name; days and local times are those of this zone. */
  readonly timeZone: string;
}

/**
 * Turns a query, or its text, into a plan. `after:D` is from the start of day D, `before:D` before its
 * start, `on:D` within it. `involvement:` beside `subject:` is about those subjects.
 *
 * @throws QueryError for a text that can't be read or an unknown time zone
 */
export function planQuery(query: Query | string, options: PlanOptions): Plan {
  const { clauses } = typeof query === 'string' ? parseQuery(query) : query;
  const involvements = clauses.filter((clause) => isPositive(clause, 'involvement'));
  return { conditions: clauses.flatMap((clause) => planClause(clause, involvements, options)) };
}

function isPositive(clause: Clause, name: string): clause is QualifierClause {
  return clause.kind === 'qualifier' && clause.name === name && !clause.negated;
}

function planClause(
  clause: Clause,
  involvements: readonly QualifierClause[],
  options: PlanOptions,
): Condition[] {
  const { negated } = clause;
  if (clause.kind === 'word') return [{ negated, any: [{ kind: 'word', text: clause.text.toLowerCase() }] }];
  if (clause.name === 'subject' && !negated && involvements.length > 0) {
    return involvements.map((involvement) => ({ negated, any: subjectTests(clause, involvement) }));
  }
  return [{ negated, any: clause.values.flatMap((value) => planValue(clause.name, value, options)) }];
}

function subjectTests(subjects: QualifierClause, involvement: QualifierClause): Test[] {
  const wanted = involvement.values.map((value) => (value.kind === 'key' ? value.value : ''));
  return subjects.values.flatMap((value) =>
    value.kind !== 'person' && value.kind !== 'token'
      ? []
      : wanted.map((one): Test => ({ ...personTest('subject', value), involvement: one })),
  );
}

function personTest(place: PersonPlace, value: PersonValue | TokenValue): PersonTest {
  if (value.kind === 'token') return { kind: 'token', place, token: value.token };
  return { kind: 'person', place, type: value.type, id: value.id };
}

function planValue(name: string, value: Value, options: PlanOptions): Test[] {
  switch (value.kind) {
    case 'person':
    case 'token':
      return [personTest(name === 'onbehalfof' ? 'onBehalfOf' : (name as 'actor' | 'subject'), value)];
    case 'index':
      return [{ kind: 'index', first: value.first, last: value.last ?? Number.MAX_SAFE_INTEGER }];
    case 'day':
    case 'instant':
    case 'ago':
      return [{ kind: 'time', ...valueRange(name, value, options) }];
    case 'key':
      return planKey(name, value.value);
    default:
      return value satisfies never;
  }
}

function planKey(name: string, value: string): Test[] {
  const term = (attribute: string, one: string): Test => ({ kind: 'term', attribute, value: one });
  switch (name) {
    case 'id':
      return [{ kind: 'id', id: value }];
    case 'trace':
      return [{ kind: 'trace', trace: value }];
    case 'actor':
      return [term('actorKind', value)];
    case 'class': // whoever is not a system is a human being (product rule 13)
      return ACTOR_KINDS.filter((kind) => (kind === 'system') === (value === 'automated')).map((kind) =>
        term('actorKind', kind),
      );
    default:
      return [term(name, value)];
  }
}
