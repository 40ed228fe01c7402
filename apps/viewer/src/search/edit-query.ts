import { type Clause, formatQuery, parseQuery, type Query, type QualifierClause } from '@zegel/search';

/** One condition that a facet, a chip or a person can add to a query, written `name:value`. */
export interface Term {
  readonly name: string;
  /** As the query language writes it. */
  readonly value: string;
  readonly negated?: boolean;
}

/** The query with another condition. One that is there already changes nothing; its opposite goes. */
export function withTerm(query: Query, term: Term): Query {
  if (hasTerm(query, term)) return query;
  const { clauses } = withoutTerm(query, { ...term, negated: term.negated !== true });
  return { clauses: [...clauses, ...parseQuery(termText(term)).clauses] };
}

/** The query without a value of its conditions; a condition without values goes. */
export function withoutTerm(query: Query, term: Term): Query {
  return {
    clauses: query.clauses.flatMap((clause): readonly Clause[] => {
      if (!isAbout(clause, term)) return [clause];
      const values = clause.values.filter((value) => valueText(clause, value) !== term.value);
      return values.length === 0 ? [] : [{ ...clause, values }];
    }),
  };
}

/** Whether a value is among those of a condition. */
export function hasTerm(query: Query, term: Term): boolean {
  return query.clauses.some(
    (clause) =>
      isAbout(clause, term) && clause.values.some((value) => valueText(clause, value) === term.value),
  );
}

/** The query without one of its conditions, by place. */
export function withoutClause(query: Query, place: number): Query {
  return { clauses: query.clauses.filter((_, at) => at !== place) };
}

/** The query with its conditions of time replaced by others, such as `after:7d`; none: of any time. */
export function withTimes(query: Query, times: string): Query {
  const rest = query.clauses.filter(
    (clause) => clause.kind === 'word' || clause.negated || !TIME_NAMES.has(clause.name),
  );
  return { clauses: [...rest, ...parseQuery(times).clauses] };
}

/** Whether a query asks for times at all. */
export function hasTimes(query: Query): boolean {
  return query.clauses.some(
    (clause) => clause.kind === 'qualifier' && !clause.negated && TIME_NAMES.has(clause.name),
  );
}

/** A condition as it is written. */
export function clauseText(clause: Clause): string {
  return formatQuery({ clauses: [clause] });
}

const TIME_NAMES: ReadonlySet<string> = new Set(['on', 'after', 'before']);

function termText({ name, value, negated = false }: Term): string {
  return `${negated ? '-' : ''}${name}:${value}`;
}

function isAbout(clause: Clause, { name, negated = false }: Term): clause is QualifierClause {
  return clause.kind === 'qualifier' && clause.name === name && clause.negated === negated;
}

function valueText(clause: QualifierClause, value: QualifierClause['values'][number]): string {
  const { name } = clause;
  return clauseText({ ...clause, negated: false, values: [value] }).slice(name.length + 1);
}
