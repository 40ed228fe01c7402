import type { EntryIndex } from '@zegel/core';
import { type Person, zonedTime } from '@zegel/reading';
import { type Facets, parseQuery, queryShape } from '@zegel/search';
import type { Grant } from '../access/sessions.ts';
import { consult } from '../consult/consult.ts';
import type { Viewer } from '../env.ts';
import type { Searched } from '../logs/searching.ts';
import type { Services } from '../services.ts';
import { SUMMARY_FACETS } from '../views/persons/summary.tsx';
import { collapse, type Day } from './collapse.ts';
import { lineOf } from './line.ts';
import { type PersonFilter, personQuery } from './person-query.ts';
import { shownHits } from './shown-hits.ts';

/** Entries of a page, before repeats are gathered. */
const PAGE_ENTRIES = 200;
const MOST_COUNTED = 12;

/** What a person's view holds. */
export interface PersonView {
  readonly days: readonly Day[];
  readonly facets: Facets;
  readonly total: number;
  readonly older: EntryIndex | undefined;
}

/** Which view is opened, and which page of it. */
export interface PersonAsked {
  readonly person: Person;
  readonly grant: Grant;
  readonly filter: PersonFilter;
  readonly before: number | undefined;
}

/** Reads a person's view, and makes durable who opened it, why, and whom it shows, before anything of it is given. */
export async function openPersonView(
  services: Services,
  viewer: Viewer,
  searched: Searched,
  { person, grant, filter, before }: PersonAsked,
): Promise<PersonView> {
  const { log, index } = searched;
  const query = personQuery(grant.token, grant.as, filter);
  const plan = index.plan(query);
  const [page, facets] = await Promise.all([
    index.search(plan, { limit: PAGE_ENTRIES, below: before, total: true }),
    index.facets(plan, { names: SUMMARY_FACETS, top: MOST_COUNTED }),
  ]);
  const shown = await shownHits(searched, plan, page.indexes);
  await consult(services, viewer, {
    action: 'read',
    operation: 'viewer.person',
    persons: [person, ...shown.flatMap((one) => one.persons)],
    fields: queryShape(parseQuery(query)),
    reason: grant.reason,
  });
  const time = zonedTime(log.register.timeZone);
  const lines = shown.map((one) => lineOf(one, log.vault, time));
  return {
    days: collapse(lines, grant.as),
    facets,
    total: before === undefined ? (page.total ?? 0) : await index.count(plan),
    older: page.more ? page.indexes.at(-1) : undefined,
  };
}
