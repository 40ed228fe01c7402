import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import type { Direction } from '../../export/person-rows.ts';
import type { Services } from '../../services.ts';
import { PEOPLE } from '../../texts/people.ts';
import type { Html } from '../html.ts';
import { Csrf, Page } from '../page.tsx';
import { ReasonField } from './reason-field.tsx';

/** Asks why somebody wants to see the log on one person, whom the address gives by token. */
export function AskPage(props: {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly token: string;
  readonly as: Direction;
  /** Narrows the view, and is kept. */
  readonly fields: Readonly<Record<string, string>>;
  readonly problem?: string | undefined;
}): Html {
  const { c, services, token, as, fields, problem } = props;
  const language = c.get('language');
  const words = PEOPLE[language];
  return (
    <Page c={c} services={services} title={words.asked} section="persons">
      <h1>{words.asked}</h1>
      <p>{words.askedWhy}</p>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      <form class="panel person-form" method="post" action={`/persons/${token}`}>
        <Csrf c={c} />
        {Object.entries({ ...fields, as }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p>
          <strong>{words.directions[as]}</strong>
        </p>
        <ReasonField language={language} id="reason" />
        <button>{words.open}</button>
      </form>
    </Page>
  );
}
