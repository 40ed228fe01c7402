import type { Log } from '@zegel/log';
import { type Person, showEntry } from '@zegel/reading';
import type { FacetName, Facets, Histogram, Plan, SearchIndex } from '@zegel/search';

/** Facets of the page, in order. */
const FACETS: readonly FacetName[] = [
  ...(['activity', 'action', 'actor', 'role', 'service', 'outcome', 'field', 'involvement'] as const),
];
/** Values of a facet that are listed. */
const TOP = 8;
/** Bars of the histogram. */
const BARS = 60;

/** How a result is made up. */
export interface Overview {
  readonly histogram: Histogram;
  readonly facets: Facets;
  /** Who acts under a token of the facet `actor`, as far as the vault can tell. */
  readonly actors: ReadonlyMap<string, Person>;
}

/** Counts a result by time and by facet. */
export async function overviewOf(log: Log, index: SearchIndex, plan: Plan): Promise<Overview> {
  const { histogram, facets } = await index.overview(plan, { names: FACETS, top: TOP, buckets: BARS });
  const actors = new Map<string, Person>();
  const samples = facets.facets.find(({ name }) => name === 'actor')?.values ?? [];
  for (const { value, sample } of samples) {
    const person = sample === undefined ? undefined : await actorAt(log, sample);
    if (person !== undefined) actors.set(value, person);
  }
  return { histogram, facets, actors };
}

async function actorAt(log: Log, index: number): Promise<Person | undefined> {
  for await (const chunk of log.read(index, index + 1))
    for (const entry of chunk) {
      const actor = (await showEntry(log, log.vault, entry, { subjects: 0 }))?.object['actor'] as
        | { person?: Person }
        | undefined;
      return actor?.person !== undefined && 'id' in actor.person ? actor.person : undefined;
    }
  return undefined;
}
