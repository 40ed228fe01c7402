import { namesPerson, parseQuery, type Query, QueryError } from '@zegel/search';

/** What a text is, as a query. */
export type Asked =
  | { readonly kind: 'query'; readonly query: Query }
  /** It names somebody by type and id: nothing is looked up before a reason is given. */
  | { readonly kind: 'naming'; readonly query: Query }
  | { readonly kind: 'wrong'; readonly error: QueryError };

/** Reads what was asked for. */
export function ask(text: string): Asked {
  try {
    const query = parseQuery(text);
    return { kind: namesPerson(query) ? 'naming' : 'query', query };
  } catch (error) {
    if (error instanceof QueryError) return { kind: 'wrong', error };
    throw error;
  }
}
