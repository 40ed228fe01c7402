/** Where a piece of a query stands in its text, in UTF-16 code units. */
export interface Span {
  readonly position: number;
  readonly length: number;
}

/** A literal: a key of the register, a member of a closed set, or a caller's name. */
export interface KeyValue extends Span {
  readonly kind: 'key';
  readonly value: string;
}

/** A person as callers name one; the type and id meet the vault only. */
export interface PersonValue extends Span {
  readonly kind: 'person';
  readonly type: string;
  readonly id: string;
}

/** A person by the token that the index of this log keeps for them: it says who only to whoever has the vault. */
export interface TokenValue extends Span {
  readonly kind: 'token';
  /** 16 hexadecimal digits, small letters; written with a `~` before them. */
  readonly token: string;
}

/** A calendar day `YYYY-MM-DD` in the time zone of the search. */
export interface DayValue extends Span {
  readonly kind: 'day';
  readonly day: string;
}

/** An ISO 8601 time; without an offset it is local to the time zone of the search. */
export interface InstantValue extends Span {
  readonly kind: 'instant';
  readonly text: string;
}

/** A time counted back from now, as in `after:7d`. */
export interface AgoValue extends Span {
  readonly kind: 'ago';
  readonly amount: number;
  readonly unit: 'm' | 'h' | 'd' | 'w';
}

/** Entry indexes, both ends included; `last` is absent where the range is open. */
export interface IndexValue extends Span {
  readonly kind: 'index';
  readonly first: number;
  readonly last?: number;
}

/** One value of a qualifier. */
export type Value = KeyValue | PersonValue | TokenValue | DayValue | InstantValue | AgoValue | IndexValue;

/** `name:value,value`: any of the values. */
export interface QualifierClause extends Span {
  readonly kind: 'qualifier';
  readonly negated: boolean;
  readonly name: string;
  readonly values: readonly Value[];
}

/** A free word, sought in the names of operations, services and activities. */
export interface WordClause extends Span {
  readonly kind: 'word';
  readonly negated: boolean;
  readonly text: string;
}

/** One condition of a query. */
export type Clause = QualifierClause | WordClause;

/** A parsed query: every clause must hold. No clauses: every entry. */
export interface Query {
  readonly clauses: readonly Clause[];
}
