import type { Query } from './ast.ts';

/**
 * Which qualifiers a query uses, sorted, each once; free words count as `word`. Never their terms:
 * this is what a consultation of the log may record about a search.
 */
export function queryShape(query: Query): readonly string[] {
  const names = query.clauses.map((clause) => (clause.kind === 'word' ? 'word' : clause.name));
  return [...new Set(names)].sort();
}
