import type { Facet, FacetName, Facets } from '@zegel/search';
import type { Language } from '../../http/preferences.ts';
import { PEOPLE } from '../../texts/people.ts';
import type { Html } from '../html.ts';
import type { EntryWords } from './words.ts';

/** Facets that a summary is made of. */
export const SUMMARY_FACETS: readonly FacetName[] = ['activity', 'role', 'actorKind'];

interface Count {
  readonly name: string;
  readonly count: number;
}

/** How often, by activity, role and class: never by employee (product rule 14). */
export function Summary(props: {
  readonly facets: Facets;
  readonly total: number;
  readonly entryWords: EntryWords;
  readonly language: Language;
}): Html {
  const { facets, total, entryWords, language } = props;
  const words = PEOPLE[language];
  const of = (name: FacetName): readonly Count[] =>
    countsOf(facets.facets.find((facet) => facet.name === name));
  const activities = of('activity').map(({ name, count }) => ({ name: entryWords.activity(name), count }));
  return (
    <section class="summary" aria-label={words.summary}>
      <p>
        <strong>{words.count(total.toLocaleString(language))}</strong>
        {!facets.basis.exact && <span class="soft"> · {words.atLeast}</span>}
      </p>
      <Counts heading={words.byActivity} counts={activities} language={language} />
      <Counts heading={words.byRole} counts={of('role')} language={language} />
      <Counts heading={words.byClass} counts={classes(of('actorKind'), language)} language={language} />
    </section>
  );
}

function Counts(props: {
  readonly heading: string;
  readonly counts: readonly Count[];
  readonly language: Language;
}): Html {
  const { heading, counts, language } = props;
  if (counts.length === 0) return <></>;
  return (
    <div>
      <h2>{heading}</h2>
      <dl class="counts">
        {counts.map(({ name, count }) => (
          <div>
            <dt>{name}</dt>
            <dd class="number">{count.toLocaleString(language)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function countsOf(facet: Facet | undefined): readonly Count[] {
  return (facet?.values ?? []).map(({ value, count }) => ({ name: value, count }));
}

/** Whoever is not a system is a human being. */
function classes(kinds: readonly Count[], language: Language): readonly Count[] {
  const words = PEOPLE[language].classes;
  const sum = (automated: boolean): number =>
    kinds.filter(({ name }) => (name === 'system') === automated).reduce((all, { count }) => all + count, 0);
  return [
    { name: words.human, count: sum(false) },
    { name: words.automated, count: sum(true) },
  ].filter(({ count }) => count > 0);
}
