import type { QueryError } from '@zegel/search';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import { SEARCH } from '../texts/search.ts';
import { ASKING } from '../texts/search-errors.ts';
import type { Html } from './html.ts';
import { Csrf } from './page.tsx';

// The attribute has to say so; and what is written may name somebody, whom no spelling service should get.
const UNSPELLED: object = { spellcheck: 'false' };

/** The query box. It posts, so that a person who is named gets into no address; what names nobody comes back as one. */
export function SearchBox(props: {
  readonly c: Context<Env>;
  readonly text: string;
  readonly error: QueryError | undefined;
}): Html {
  const { c, text, error } = props;
  const words = SEARCH[c.get('language')];
  return (
    <search class="search">
      <form class="search-box" method="post" action="/">
        <Csrf c={c} />
        <label for="q">{words.box}</label>
        <div class="search-line">
          <div class="search-field">
            <input
              {...{ id: 'q', name: 'q', type: 'text', value: text, maxlength: 8192, autocomplete: 'off' }}
              {...{ ...UNSPELLED, autocapitalize: 'none', enterkeyhint: 'search' }}
              aria-invalid={error === undefined ? undefined : 'true'}
              aria-describedby={error === undefined ? 'q-hint' : 'q-error q-hint'}
              data-at={error?.position}
            />
            <ul id="q-ways" class="ways" role="listbox" aria-label={words.box} hidden></ul>
          </div>
          <button>{words.go}</button>
        </div>
        <p class="hint soft" id="q-hint">
          {words.hint}
        </p>
      </form>
      {error !== undefined && <QueryProblem c={c} text={text} error={error} />}
    </search>
  );
}

function QueryProblem(props: {
  readonly c: Context<Env>;
  readonly text: string;
  readonly error: QueryError;
}): Html {
  const { c, text, error } = props;
  const language = c.get('language');
  const { position, length, reason, detail } = error;
  const culprit = text.slice(position, position + length);
  return (
    <div class="notice bad" id="q-error" role="alert">
      <p>
        {SEARCH[language].wrong(position + 1)} <strong>{ASKING[language].wrong[reason](detail)}</strong>
      </p>
      <pre class="culprit">
        {text.slice(0, position)}
        <mark>{culprit.trim() === '' ? '␣' : culprit}</mark>
        {text.slice(position + length)}
      </pre>
    </div>
  );
}
