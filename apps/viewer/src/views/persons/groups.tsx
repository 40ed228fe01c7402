import type { Language } from '../../http/preferences.ts';
import type { Direction } from '../../export/person-rows.ts';
import { address } from '../../people/address.ts';
import type { Day, Group } from '../../people/collapse.ts';
import type { Line } from '../../people/line.ts';
import { PEOPLE } from '../../texts/people.ts';
import type { Html } from '../html.ts';
import { Person, type Pseudonym } from '../person.tsx';
import type { EntryWords } from './words.ts';

/** What rows of a person's view need. */
export interface GroupsProps {
  readonly days: readonly Day[];
  readonly direction: Direction;
  /** The person whose view it is. */
  readonly token: string;
  readonly entryWords: EntryWords;
  readonly language: Language;
}

/** A person's view, a table per day; same-day repeats are one row with their number. */
export function Groups({ days, direction, token, entryWords, language }: GroupsProps): Html {
  const words = PEOPLE[language];
  if (days.length === 0) return <p class="notice">{words.nothing}</p>;
  return (
    <div class="scroll">
      <table class="person-days">
        <thead>
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col">{direction === 'subject' ? words.who : words.whose}</th>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.why}</th>
            <th scope="col">{words.outcome}</th>
          </tr>
        </thead>
        {days.map(({ day, groups }) => (
          <tbody>
            <tr class="day">
              <th colspan={5} scope="rowgroup">
                {day}
              </th>
            </tr>
            {groups.map((group) => (
              <Row {...{ group, day, direction, token, entryWords, language }} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

type RowProps = Omit<GroupsProps, 'days'> & { readonly group: Group; readonly day: string };

function Row({ group, day, direction, token, entryWords, language }: RowProps): Html {
  const words = PEOPLE[language];
  const [line] = group.lines;
  return (
    <tr>
      <td class="when">
        <When {...{ group, day, direction, token, language }} />
      </td>
      <td>
        {direction === 'subject' ? (
          <Actor line={line} entryWords={entryWords} language={language} />
        ) : (
          <Subjects line={line} entryWords={entryWords} language={language} />
        )}
      </td>
      <td>
        {group.actions.length === 0
          ? entryWords.kind(line.kind)
          : group.actions.map((key) => entryWords.action(key)).join(', ')}
        {group.fields.length > 0 && `: ${group.fields.map((key) => entryWords.field(key)).join(', ')}`}
        {line.recipient !== '' && ` ${words.toRecipient(entryWords.recipient(line.recipient))}`}
      </td>
      <td>
        {line.activity !== '' && entryWords.activity(line.activity)}
        {line.confidential && (
          <>
            {' '}
            <span class="badge warn">{words.confidential}</span>
          </>
        )}
      </td>
      <td>
        {line.outcome === 'denied' || line.outcome === 'error' ? (
          <span class="badge warn">{entryWords.outcome(line.outcome)}</span>
        ) : (
          entryWords.outcome(line.outcome)
        )}
      </td>
    </tr>
  );
}

/** One entry leads to its page; repeats to all entries of that day. */
function When(props: Omit<RowProps, 'entryWords'>): Html {
  const { group, day, direction, token, language } = props;
  const words = PEOPLE[language];
  const { lines } = group;
  const [newest] = lines;
  const oldest = lines.at(-1) ?? newest;
  if (lines.length === 1) return <a href={`/entries/${newest.index}`}>{newest.time}</a>;
  return (
    <>
      {oldest.time}–{newest.time}{' '}
      <a href={address('/', { q: dayQuery(newest, day, direction, token) })} title={words.timesHint}>
        {words.times(lines.length)}
      </a>
    </>
  );
}

function dayQuery(line: Line, day: string, direction: Direction, token: string): string {
  const other =
    direction === 'subject'
      ? `actor:${line.actor?.token === undefined ? line.actorKind : `~${line.actor.token}`}`
      : `subject:~${line.subjects[0]?.token ?? ''}`;
  const terms = [`${direction}:~${token}`, other, `on:${day}`];
  if (line.activity !== '') terms.push(`activity:${line.activity}`);
  if (line.outcome !== '') terms.push(`outcome:${line.outcome}`);
  return terms.join(' ');
}

interface WhoProps {
  readonly line: Line;
  readonly entryWords: EntryWords;
  readonly language: Language;
}

/** Who acted: by pseudonym, role, and whether it was a human being. */
export function Actor({ line, entryWords, language }: WhoProps): Html {
  const words = PEOPLE[language];
  const { actor, actorKind, role, onBehalfOf } = line;
  const kind = entryWords.person({ type: actorKind, token: undefined });
  return (
    <>
      <Named
        person={actor === undefined || actor.token === undefined ? kind : entryWords.person(actor)}
        as="actor"
      />
      {role !== '' && ` (${role})`}
      {line.class === 'automated' && (
        <>
          {' '}
          <span class="badge">{words.classes.automated}</span>
        </>
      )}
      {onBehalfOf !== undefined && (
        <span class="soft">
          {' '}
          {words.onBehalfOf('')}
          <Named person={entryWords.person(onBehalfOf)} as="actor" />
        </span>
      )}
    </>
  );
}

/** Most subjects of a row; the entry's page has them all. */
const MOST_SUBJECTS = 3;

/** Whose data it was. */
export function Subjects({ line, entryWords, language }: WhoProps): Html {
  const words = PEOPLE[language];
  const some = line.subjects.slice(0, MOST_SUBJECTS);
  if (line.subjectCount > MOST_SUBJECTS) return <>{words.persons(line.subjectCount)}</>;
  return (
    <>
      {some.map((person, at) => (
        <>
          {at > 0 && ', '}
          <Named person={entryWords.person(person)} as="subject" />
        </>
      ))}
    </>
  );
}

/** A pseudonym that leads to its person's view, which asks why. */
function Named({ person, as }: { readonly person: Pseudonym; readonly as: Direction }): Html {
  if (person.token === undefined) return <Person person={person} />;
  return (
    <a class="quiet-link" href={address(`/persons/${person.token}`, { as })}>
      <Person person={person} />
    </a>
  );
}
