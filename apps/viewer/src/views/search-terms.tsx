import type { Query } from '@zegel/search';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import { clauseText, hasTerm, hasTimes, withoutClause, withTerm, withTimes } from '../search/edit-query.ts';
import { searchPath, USUAL_QUERY, WITHOUT_OWN } from '../search/search-path.ts';
import { SEARCH } from '../texts/search.ts';
import type { Html } from './html.ts';

/** The conditions of a query, each to be removed; periods; and the log's own consultations, hidden or to be hidden. */
export function SearchTerms({ c, query }: { readonly c: Context<Env>; readonly query: Query }): Html {
  const words = SEARCH[c.get('language')];
  return (
    <div class="terms">
      <ul class="chips" aria-label={words.conditions}>
        {query.clauses.map((clause, place) => {
          const text = clauseText(clause);
          return (
            <li>
              <code>{text}</code>
              {text === USUAL_QUERY && <span class="soft"> {words.ownHidden}</span>}
              <a href={searchPath(withoutClause(query, place))} aria-label={words.remove(text)}>
                ×
              </a>
            </li>
          );
        })}
        {!hasTerm(query, WITHOUT_OWN) && (
          <li class="offer">
            <a href={searchPath(withTerm(query, WITHOUT_OWN))}>{words.hideOwn}</a>
          </li>
        )}
      </ul>
      <p class="ranges">
        <span class="soft">{words.ranges}: </span>
        {Object.entries(words.rangeNames).map(([span, name]) => (
          <>
            <a href={searchPath(withTimes(query, `after:${span}`))} aria-current={isRange(query, span)}>
              {name}
            </a>{' '}
          </>
        ))}
        <a href={searchPath(withTimes(query, ''))} aria-current={hasTimes(query) ? undefined : 'true'}>
          {words.anyTime}
        </a>
      </p>
    </div>
  );
}

function isRange(query: Query, span: string): 'true' | undefined {
  return hasTerm(query, { name: 'after', value: span }) ? 'true' : undefined;
}
