import type { Context } from 'hono';
import type { Env } from '../env.ts';
import type { HttpError } from '../http/http-error.ts';
import type { Services } from '../services.ts';
import { COMMON } from '../texts/common.ts';
import { FAILURES } from '../texts/failures.ts';
import type { Html } from './html.ts';
import { Page } from './page.tsx';

/** A refusal as a page. */
export function Failure(props: {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly error: HttpError;
}): Html {
  const { c, services, error } = props;
  const words = COMMON[c.get('language')];
  return (
    <Page c={c} services={services} title={words.wrong}>
      <h1>{words.wrong}</h1>
      <p class="notice bad">
        {FAILURES[c.get('language')][error.code] ?? error.message} <code>{error.code}</code>
      </p>
      <p>{error.code === 'SIGN_IN' ? <a href="/login">{words.logIn}</a> : <a href="/">{words.back}</a>}</p>
    </Page>
  );
}
