import { ACTIONS, CONSULTATION_ACTIVITY } from '@zegel/core';
import type { Direction } from '../../export/person-rows.ts';
import type { Language } from '../../http/preferences.ts';
import { address } from '../../people/address.ts';
import type { PersonFilter } from '../../people/person-query.ts';
import { PEOPLE } from '../../texts/people.ts';
import type { Html } from '../html.ts';
import type { EntryWords } from './words.ts';

/** Narrows a person's view by activity, action and period; what is chosen stands in the address. */
export function Filter(props: {
  readonly token: string;
  readonly direction: Direction;
  readonly filter: PersonFilter;
  readonly activities: readonly string[];
  readonly entryWords: EntryWords;
  readonly language: Language;
}): Html {
  const { token, direction, filter, activities, entryWords, language } = props;
  const words = PEOPLE[language];
  return (
    <form class="filter" method="get" action={`/persons/${token}`} aria-label={words.filter}>
      <input type="hidden" name="as" value={direction} />
      <label>
        {words.activity}
        <select name="activity">
          <option value="">{words.any}</option>
          {[...activities, CONSULTATION_ACTIVITY].map((key) => (
            <option value={key} selected={key === filter.activity}>
              {entryWords.activity(key)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.action}
        <select name="action">
          <option value="">{words.any}</option>
          {ACTIONS.map((key) => (
            <option value={key} selected={key === filter.action}>
              {entryWords.action(key)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.from}
        <input type="date" name="from" value={filter.from} />
      </label>
      <label>
        {words.to}
        <input type="date" name="to" value={filter.to} />
      </label>
      <button>{words.apply}</button>
      <a class="button quiet" href={address(`/persons/${token}`, { as: direction })}>
        {words.clear}
      </a>
    </form>
  );
}
