import type { Clause, IndexValue, Query, Value } from './ast.ts';

/** Writes a query in its plain form; parsing the result gives the same clauses again. */
export function formatQuery(query: Query): string {
  return query.clauses.map(formatClause).join(' ');
}

function formatClause(clause: Clause): string {
  const sign = clause.negated ? '-' : '';
  if (clause.kind === 'word') return sign + quoteWord(clause.text);
  return `${sign}${clause.name}:${clause.values.map(formatValue).join(',')}`;
}

function formatValue(value: Value): string {
  switch (value.kind) {
    case 'key':
      return quoteValue(value.value);
    case 'person':
      return `${value.type}:${quoteValue(value.id)}`;
    case 'token':
      return `~${value.token}`;
    case 'day':
      return value.day;
    case 'instant':
      return value.text;
    case 'ago':
      return `${value.amount}${value.unit}`;
    case 'index':
      return formatIndex(value);
    default:
      return value satisfies never;
  }
}

function formatIndex({ first, last }: IndexValue): string {
  if (last === undefined) return `>=${first}`;
  if (last < 0) return '<0';
  return first === last ? String(first) : `${first}..${last}`;
}

function quoteValue(text: string): string {
  return /^[^\s",]+$/u.test(text) ? text : quote(text);
}

function quoteWord(text: string): string {
  return /^[^\s":-][^\s":]*$/u.test(text) ? text : quote(text);
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
