import type { CompiledRegister } from '@zegel/log';
import { formatQuery, type Query, type QueryError } from '@zegel/search';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import type { FoundPage } from '../search/find-page.ts';
import type { Overview } from '../search/overview.ts';
import { searchPath } from '../search/search-path.ts';
import type { Services } from '../services.ts';
import { ASIDE } from '../texts/search-aside.ts';
import { SEARCH } from '../texts/search.ts';
import type { Html } from './html.ts';
import { Page } from './page.tsx';
import { ResultActions } from './people/result-actions.tsx';
import { SearchBox } from './search-box.tsx';
import { SearchFacets } from './search-facets.tsx';
import { SearchHistogram } from './search-histogram.tsx';
import { Findings } from './search-notes.tsx';
import { SearchRows } from './search-rows.tsx';
import { SearchTerms } from './search-terms.tsx';

/** What was found. */
export interface SearchResult {
  readonly query: Query;
  readonly found: FoundPage;
  readonly overview: Overview;
  readonly register: CompiledRegister;
  /** Entries below this are in the index; `size` were in the log. */
  readonly covered: number;
  readonly size: number;
  /** Whether these are the newest: only there new ones can appear. */
  readonly isNewest: boolean;
}

/** What the page of a search is made with: a text, and a result or what is wrong with it. */
export interface SearchPageProps {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly text: string;
  readonly error?: QueryError;
  readonly result?: SearchResult;
}

/** The search page. */
export function SearchPage({ c, services, text, error, result }: SearchPageProps): Html {
  const words = SEARCH[c.get('language')];
  return (
    <Page c={c} services={services} title={words.title} section="search" scripts={['search', 'entry-drawer']}>
      <h1 class="out-of-sight">{words.title}</h1>
      <SearchBox c={c} text={text} error={error} />
      {result !== undefined && <Result c={c} result={result} />}
      <p class="soft keys">{words.keys}</p>
    </Page>
  );
}

interface ResultProps {
  readonly c: Context<Env>;
  readonly result: SearchResult;
}

function Result({ c, result }: ResultProps): Html {
  const { query, found, overview, register, covered, size } = result;
  const language = c.get('language');
  const words = SEARCH[language];
  const { hits, exact } = overview.facets.basis;
  const count = hits.toLocaleString(language);
  return (
    <>
      <SearchTerms c={c} query={query} />
      <Findings language={language} findings={found.findings} />
      {covered < size && <p class="notice warn">{words.lagging(covered.toLocaleString(language))}</p>}
      <SearchHistogram c={c} query={query} histogram={overview.histogram} zone={register.timeZone} />
      <div class="found">
        <SearchFacets c={c} query={query} overview={overview} register={register} />
        <section class="listed" aria-labelledby="count">
          <h2 id="count">{exact ? words.found(count) : words.foundMore(count)}</h2>
          {result.isNewest && <Tail c={c} result={result} />}
          {found.rows.length === 0 ? <p class="nothing">{words.nothing}</p> : <></>}
          <SearchRows rows={found.rows} query={query} language={language} />
          <Pages c={c} result={result} />
          {found.rows.length > 0 && <ResultActions c={c} query={formatQuery(query)} below={covered} />}
        </section>
      </div>
    </>
  );
}

/** Following new entries; shown by the browser module, without which nothing follows. */
function Tail({ c, result: { query, covered } }: ResultProps): Html {
  const words = ASIDE[c.get('language')];
  const from = { 'data-tail': `/tail${searchPath(query).slice(1)}`, 'data-from': String(covered - 1) };
  return (
    <div class="tail" {...from} data-lost={words.lost} data-ended={words.ended} hidden>
      <button type="button" class="quiet" aria-pressed="false" data-stop={words.stop}>
        {words.follow}
      </button>
      <p role="status" data-following={words.following}></p>
    </div>
  );
}

function Pages({ c, result: { query, found, isNewest } }: ResultProps): Html {
  const words = SEARCH[c.get('language')];
  const { newer, older } = found;
  return (
    <nav class="pages" aria-label={words.pages}>
      {!isNewest && <a href={searchPath(query)}>{words.newest}</a>}
      {newer !== undefined && (
        <a rel="prev" href={searchPath(query, { above: newer })}>
          ← {words.newer}
        </a>
      )}
      {older !== undefined && (
        <a rel="next" href={searchPath(query, { below: older })}>
          {words.older} →
        </a>
      )}
    </nav>
  );
}
