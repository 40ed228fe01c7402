import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import type { Services } from '../../services.ts';
import { PEOPLE } from '../../texts/people.ts';
import type { Html } from '../html.ts';
import { Page } from '../page.tsx';

/** A token that stands for nobody, or for nobody any more. */
export function GonePage({ c, services }: { readonly c: Context<Env>; readonly services: Services }): Html {
  const words = PEOPLE[c.get('language')];
  return (
    <Page c={c} services={services} title={words.title} section="persons">
      <h1>{words.title}</h1>
      <p class="notice">{words.gone}</p>
      <p>
        <a href="/persons">{words.title}</a>
      </p>
    </Page>
  );
}
