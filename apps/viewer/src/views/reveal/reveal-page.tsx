import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import type { Language } from '../../http/preferences.ts';
import type { Mentioned } from '../../people/reveal.ts';
import type { Services } from '../../services.ts';
import { REVEAL } from '../../texts/reveal.ts';
import { KEYS, nameOf } from '../../texts/search-keys.ts';
import type { Html } from '../html.ts';
import { Page } from '../page.tsx';
import { RevealForm } from './reveal-form.tsx';

/** What a reveal shows, or why it does not. */
export interface RevealPageProps {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly index: number;
  readonly all: readonly Mentioned[];
  /** What is wrong with the form; then nobody is shown. */
  readonly problem?: string | undefined;
  readonly place?: string | undefined;
}

/** Who the persons of an entry are: shown on the answer to the form, and nowhere again. */
export function RevealPage({ c, services, index, all, problem, place }: RevealPageProps): Html {
  const words = REVEAL[c.get('language')];
  return (
    <Page c={c} services={services} title={words.title} section="search">
      <h1>{words.title}</h1>
      {problem === undefined ? (
        <Persons all={all} language={c.get('language')} />
      ) : (
        <>
          <p class="notice bad" role="alert">
            {problem}
          </p>
          <RevealForm c={c} index={index} place={place} />
        </>
      )}
      <p>
        <a href={`/entries/${index}`}>{words.back(index)}</a>
      </p>
    </Page>
  );
}

function Persons({
  all,
  language,
}: {
  readonly all: readonly Mentioned[];
  readonly language: Language;
}): Html {
  const words = REVEAL[language];
  if (all.length === 0) return <p class="notice">{words.nobody}</p>;
  return (
    <>
      <p class="notice warn">{words.once}</p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.place}</th>
              <th scope="col">{words.type}</th>
              <th scope="col">{words.id}</th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ place, person, involvement }) => (
              <tr>
                <td>
                  {place === 'actor' || place === 'onBehalfOf'
                    ? words.places[place]
                    : nameOf(KEYS[language].involvement, involvement)}
                </td>
                <td>{person.type}</td>
                <td class="mono">{person.id}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
