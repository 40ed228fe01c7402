import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import type { Services } from '../../services.ts';
import { REVIEWS } from '../../texts/reviews.ts';
import type { Html } from '../html.ts';
import { Page } from '../page.tsx';

/** Why a review was not recorded. */
export function RefusedPage(props: {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly problem: string;
  readonly back: string;
}): Html {
  const { c, services, problem, back } = props;
  const words = REVIEWS[c.get('language')];
  return (
    <Page c={c} services={services} title={words.refused} section="reviews">
      <h1>{words.refused}</h1>
      <p class="notice bad" role="alert">
        {problem}
      </p>
      <p>
        <a href={back}>{words.back}</a>
      </p>
    </Page>
  );
}
