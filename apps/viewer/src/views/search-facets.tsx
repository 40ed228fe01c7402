import type { CompiledRegister } from '@zegel/log';
import type { Facet, Query } from '@zegel/search';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import type { Language } from '../http/preferences.ts';
import { hasTerm, type Term, withoutTerm, withTerm } from '../search/edit-query.ts';
import type { Overview } from '../search/overview.ts';
import { activityWords, fieldName } from '../search/row.ts';
import { searchPath } from '../search/search-path.ts';
import { ASIDE } from '../texts/search-aside.ts';
import { KEYS, nameOf } from '../texts/search-keys.ts';
import type { Html } from './html.ts';
import { pseudonymText } from './person.tsx';

interface FacetProps {
  readonly c: Context<Env>;
  readonly query: Query;
  readonly overview: Overview;
  readonly register: CompiledRegister;
}

/** What a result is made up of. Each value can be asked for, excluded, or no longer asked for. */
export function SearchFacets(props: FacetProps): Html {
  const { c, overview } = props;
  const language = c.get('language');
  const words = ASIDE[language];
  const { basis, facets } = overview.facets;
  const filled = facets.filter(({ values }) => values.length > 0);
  return (
    <section class="facets" aria-labelledby="facets">
      <details open>
        <summary>
          <h2 id="facets">{words.facets}</h2>
        </summary>
        {!basis.exact && <p class="notice warn">{words.newestOnly(basis.hits.toLocaleString(language))}</p>}
        {filled.map((facet) => (
          <OneFacet {...props} facet={facet} />
        ))}
      </details>
    </section>
  );
}

function OneFacet(props: FacetProps & { readonly facet: Facet }): Html {
  const { c, query, facet } = props;
  const language = c.get('language');
  const words = ASIDE[language];
  return (
    <section class="facet">
      <h3>{nameOf(words.facetNames, facet.name)}</h3>
      <ul>
        {facet.values.map(({ value, count }) => {
          const term: Term = { name: facet.name, value: facet.name === 'actor' ? `~${value}` : value };
          const label = labelOf(props, value, language);
          const chosen = hasTerm(query, term);
          return (
            <li>
              <a
                {...{
                  class: 'value',
                  href: searchPath(chosen ? withoutTerm(query, term) : withTerm(query, term)),
                }}
                aria-current={chosen ? 'true' : undefined}
                title={chosen ? words.chosen(label) : words.only(label)}
              >
                {label}
              </a>
              <span class="number">{count.toLocaleString(language)}</span>
              <a
                {...{ class: 'without', href: searchPath(withTerm(query, { ...term, negated: true })) }}
                aria-label={words.without(label)}
                title={words.without(label)}
              >
                −
              </a>
            </li>
          );
        })}
      </ul>
      {facet.others > 0 && <p class="soft">{words.others(facet.others.toLocaleString(language))}</p>}
    </section>
  );
}

function labelOf(
  { facet, overview, register }: FacetProps & { readonly facet: Facet },
  value: string,
  language: Language,
): string {
  const names = KEYS[language];
  switch (facet.name) {
    case 'activity':
      return activityWords(value, register, language);
    case 'field':
      return fieldName(value, register, language);
    case 'action':
    case 'outcome':
    case 'involvement':
      return nameOf(names[facet.name], value);
    case 'actor': {
      const type = overview.actors.get(value)?.type ?? 'unknown';
      return pseudonymText({ type: nameOf(names.person, type), token: value });
    }
    default:
      return value;
  }
}
