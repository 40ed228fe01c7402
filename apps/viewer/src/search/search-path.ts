import { CONSULTATION_ACTIVITY } from '@zegel/core';
import { formatQuery, type Query } from '@zegel/search';
import type { Term } from './edit-query.ts';

/** What folds the log's own consultations away. It is a term like any other, to be seen and removed. */
export const WITHOUT_OWN: Term = { name: 'activity', value: CONSULTATION_ACTIVITY, negated: true };

/** The query of a page that was asked for without one. */
export const USUAL_QUERY: string = `-activity:${CONSULTATION_ACTIVITY}`;

/** Address of a result: the state is all in it, and of persons no more than their tokens. */
export function searchPath(query: Query | string, bounds: Readonly<Record<string, number>> = {}): string {
  const text = typeof query === 'string' ? query : formatQuery(query);
  const asked = new URLSearchParams({ q: text });
  for (const [name, index] of Object.entries(bounds)) asked.set(name, String(index));
  return `/?${asked.toString()}`;
}
