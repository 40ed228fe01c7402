import type { Facets } from '@zegel/search';
import type { Context } from 'hono';
import type { Grant } from '../../access/sessions.ts';
import type { Env } from '../../env.ts';
import { address } from '../../people/address.ts';
import type { Day } from '../../people/collapse.ts';
import { filterFields, type PersonFilter } from '../../people/person-query.ts';
import type { Services } from '../../services.ts';
import { PEOPLE } from '../../texts/people.ts';
import type { Html } from '../html.ts';
import { Page } from '../page.tsx';
import { pseudonymText, type Pseudonym } from '../person.tsx';
import { Filter } from './filter.tsx';
import { Groups } from './groups.tsx';
import { Summary } from './summary.tsx';
import type { EntryWords } from './words.ts';

/** A person's view as it is shown. */
export interface PersonPageProps {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly grant: Grant;
  readonly person: Pseudonym;
  readonly filter: PersonFilter;
  readonly activities: readonly string[];
  readonly days: readonly Day[];
  readonly facets: Facets;
  readonly total: number;
  /** Older entries follow below this index. */
  readonly older: number | undefined;
  /** Whether this is not the newest page. */
  readonly isLater: boolean;
  readonly entryWords: EntryWords;
}

/** Who looked at this person, or whom this employee looked at (NEN 7513). */
export function PersonPage(props: PersonPageProps): Html {
  const { c, services, grant, person, filter, entryWords, facets, total } = props;
  const { as: direction, token } = grant;
  const language = c.get('language');
  const words = PEOPLE[language];
  const heading = words.heading[direction](pseudonymText(entryWords.person(person)));
  const other = direction === 'subject' ? 'actor' : 'subject';
  const fields = filterFields(filter);
  return (
    <Page c={c} services={services} title={heading} section="persons">
      <h1>{heading}</h1>
      <p class="soft">{words.because(grant.reason)}</p>
      <p class="actions">
        <a class="button quiet" href={address('/exports', { person: token, as: direction, ...fields })}>
          {words.exportThis}
        </a>
        <a href={address(`/persons/${token}`, { as: other })}>{words.other[direction]}</a>
      </p>
      <Filter {...{ token, direction, filter, activities: props.activities, entryWords, language }} />
      <Summary {...{ facets, total, entryWords, language }} />
      <Groups {...{ days: props.days, direction, token, entryWords, language }} />
      <nav class="actions" aria-label={words.when}>
        {props.isLater && (
          <a href={address(`/persons/${token}`, { as: direction, ...fields })}>{words.newest}</a>
        )}
        {props.older !== undefined && (
          <a href={address(`/persons/${token}`, { as: direction, ...fields, before: String(props.older) })}>
            {words.older}
          </a>
        )}
      </nav>
    </Page>
  );
}
