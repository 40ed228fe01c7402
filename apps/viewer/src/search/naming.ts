import type { Consultation, Person } from '@zegel/reading';
import { formatQuery, type Query, queryShape, tokenized } from '@zegel/search';
import { consult } from '../consult/consult.ts';
import type { Viewer } from '../env.ts';
import type { Services } from '../services.ts';

/** Longest reason, in characters. */
export const MOST_REASON = 500;

/** Appends that somebody was named and why, and gives the query with tokens in their place. */
export async function nameInLog(
  services: Pick<Services, 'logs'>,
  viewer: Pick<Viewer, 'name'>,
  query: Query,
  how: Pick<Consultation, 'operation' | 'by'> & { readonly reason: string },
): Promise<string> {
  const fields = queryShape(query);
  await consult(services, viewer, { action: 'search', persons: namedIn(query), fields, ...how });
  return services.logs.use(async ({ vault }) => formatQuery(tokenized(query, vault)));
}

function namedIn(query: Query): readonly Person[] {
  return query.clauses.flatMap((clause) =>
    clause.kind === 'word'
      ? []
      : clause.values.flatMap((value) => (value.kind === 'person' ? { type: value.type, id: value.id } : [])),
  );
}
