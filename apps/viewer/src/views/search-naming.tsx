import type { Context } from 'hono';
import type { Env } from '../env.ts';
import type { Services } from '../services.ts';
import { ASKING, LEAST_REASON } from '../texts/search-errors.ts';
import { SEARCH } from '../texts/search.ts';
import type { Html } from './html.ts';
import { Csrf, Page } from './page.tsx';

/** Asks why somebody is looked for. Posts, so that who it is gets into no address. */
export function SearchNaming(props: {
  readonly c: Context<Env>;
  readonly services: Services;
  /** The query as it was given. */
  readonly text: string;
  /** A reason that does not do; undefined where none was given yet. */
  readonly reason: string | undefined;
}): Html {
  const { c, services, text, reason } = props;
  const language = c.get('language');
  const words = ASKING[language];
  return (
    <Page c={c} services={services} title={words.naming} section="search" scripts={['search']}>
      <h1>{words.naming}</h1>
      <form class="panel naming" method="post" action="/">
        <Csrf c={c} />
        <p>{words.namingWhy}</p>
        {reason !== undefined && (
          <p class="notice bad" id="reason-missing" role="alert">
            {words.reasonMissing}
          </p>
        )}
        <div class="field">
          <label for="q">{SEARCH[language].box}</label>
          <input
            {...{ id: 'q', name: 'q', type: 'text', value: text, maxlength: 8192, autocomplete: 'off' }}
          />
        </div>
        <div class="field">
          <label for="reason">{words.reason}</label>
          <span class="hint" id="reason-hint">
            {words.reasonHint}
          </span>
          <input
            {...{ id: 'reason', name: 'reason', type: 'text', value: reason ?? '', required: true }}
            {...{ minlength: LEAST_REASON, maxlength: 500, autocomplete: 'off', autofocus: true }}
            aria-describedby={reason === undefined ? 'reason-hint' : 'reason-missing reason-hint'}
          />
        </div>
        <p class="actions">
          <button>{words.go}</button> <a href="/">{words.back}</a>
        </p>
      </form>
    </Page>
  );
}
