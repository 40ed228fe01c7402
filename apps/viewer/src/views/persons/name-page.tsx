import type { Context } from 'hono';
import type { Grant } from '../../access/sessions.ts';
import type { Env } from '../../env.ts';
import type { Direction } from '../../export/person-rows.ts';
import { address } from '../../people/address.ts';
import { DIRECTIONS } from '../../people/direction.ts';
import type { Services } from '../../services.ts';
import { PEOPLE } from '../../texts/people.ts';
import type { Html } from '../html.ts';
import { Csrf, Page } from '../page.tsx';
import { ReasonField } from './reason-field.tsx';

/** A grant as the page lists it. */
interface LiveGrant extends Pick<Grant, 'token' | 'as'> {
  /** `customer ▪ 3f9a`. */
  readonly who: string;
  readonly until: string;
}

/** What the page that names a person shows. */
export interface NamePageProps {
  readonly c: Context<Env>;
  readonly services: Services;
  /** Kinds of persons to choose from. */
  readonly types: readonly string[];
  readonly live: readonly LiveGrant[];
  readonly type?: string;
  readonly as?: Direction;
  readonly problem?: string | undefined;
}

/** Names a person, by what the services call them, and asks why. What was typed as an id is not shown again. */
export function NamePage({ c, services, types, live, type = '', as, problem }: NamePageProps): Html {
  const language = c.get('language');
  const words = PEOPLE[language];
  return (
    <Page c={c} services={services} title={words.title} section="persons">
      <h1>{words.title}</h1>
      <p>{words.intro}</p>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      <form class="panel person-form" method="post" action="/persons" autocomplete="off">
        <Csrf c={c} />
        <div class="field">
          <label for="type">{words.type}</label>
          <input
            id="type"
            name="type"
            required
            list="types"
            value={type}
            maxlength={32}
            aria-describedby="type-hint"
          />
          <datalist id="types">
            {types.map((each) => (
              <option value={each}></option>
            ))}
          </datalist>
          <span class="hint" id="type-hint">
            {words.typeHint}
          </span>
        </div>
        <div class="field">
          <label for="id">{words.id}</label>
          <input id="id" name="id" required maxlength={256} aria-describedby="id-hint" />
          <span class="hint" id="id-hint">
            {words.idHint}
          </span>
        </div>
        <fieldset class="choice">
          <legend>{words.direction}</legend>
          {DIRECTIONS.map((each) => (
            <label>
              <input type="radio" name="as" value={each} checked={each === (as ?? 'subject')} />{' '}
              {words.directions[each]}
            </label>
          ))}
        </fieldset>
        <ReasonField language={language} id="reason" />
        <button>{words.open}</button>
      </form>
      {live.length > 0 && (
        <Live live={live} heading={words.live} until={words.until} directions={words.directions} />
      )}
    </Page>
  );
}

function Live(props: {
  readonly live: readonly LiveGrant[];
  readonly heading: string;
  readonly until: (time: string) => string;
  readonly directions: Readonly<Record<Direction, string>>;
}): Html {
  const { live, heading, until, directions } = props;
  return (
    <section>
      <h2>{heading}</h2>
      <ul>
        {live.map(({ token, as, who, until: time }) => (
          <li>
            <a href={address(`/persons/${token}`, { as })}>{who}</a> · {directions[as]} ·{' '}
            <span class="soft">{until(time)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
