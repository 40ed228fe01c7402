import type { Query } from '@zegel/search';
import type { Language } from '../http/preferences.ts';
import { withTerm } from '../search/edit-query.ts';
import type { Row } from '../search/row.ts';
import { searchPath } from '../search/search-path.ts';
import { KEYS, nameOf } from '../texts/search-keys.ts';
import { SEARCH } from '../texts/search.ts';
import type { Html } from './html.ts';
import { Person, type Pseudonym } from './person.tsx';

interface RowsProps {
  readonly rows: readonly Row[];
  readonly query: Query;
  readonly language: Language;
}

/** Entries, one a row. */
export function SearchRows(props: RowsProps): Html {
  const words = SEARCH[props.language];
  const { time, who, what, whose, why, outcome, state } = words.columns;
  return (
    <table class="rows">
      <caption>{words.results}</caption>
      <thead>
        <tr>
          {[time, who, what, whose, why, outcome, state].map((name) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody id="rows">
        <RowList {...props} />
      </tbody>
    </table>
  );
}

/** The rows by themselves, to be put above others. */
export function RowList({ rows, query, language }: RowsProps): Html {
  return (
    <>
      {rows.map((row) => (
        <OneRow row={row} query={query} language={language} />
      ))}
    </>
  );
}

interface RowProps {
  readonly row: Row;
  readonly query: Query;
  readonly language: Language;
}

function OneRow(props: RowProps): Html {
  const { row, language } = props;
  const words = SEARCH[language];
  const outcome = nameOf(KEYS[language].outcome, row.outcome);
  return (
    <tr class={row.state === 'failed' ? 'failed' : undefined} data-index={row.index}>
      <td data-name={words.columns.time}>
        <a
          class="open"
          href={`/entries/${row.index}`}
          aria-label={`${words.entry(String(row.index))}, ${row.time}`}
        >
          <time datetime={row.occurred}>{row.time}</time>
        </a>
        <span class="soft"> #{row.index}</span>
      </td>
      <Who {...props} />
      <What {...props} />
      <Whose {...props} />
      <td data-name={words.columns.why}>
        {row.purpose}
        {row.activity !== '' && <span class="soft"> {row.activity}</span>}
      </td>
      <td data-name={words.columns.outcome}>
        {row.outcome !== '' && row.outcome !== 'success' ? (
          <span class="badge warn">{outcome}</span>
        ) : (
          outcome
        )}
      </td>
      <td data-name={words.columns.state}>
        <span class={`badge ${row.state}`}>{words.states[row.state]}</span>
      </td>
    </tr>
  );
}

function Who({ row, query, language }: RowProps): Html {
  const words = SEARCH[language];
  const { actor, onBehalfOf } = row;
  return (
    <td data-name={words.columns.who}>
      {actor === undefined ? (
        words.nobody
      ) : (
        <>
          <PersonLink person={actor.person} query={query} name="actor" />{' '}
          <span class={actor.isAutomated ? 'class automated' : 'class human'}>
            {actor.isAutomated ? words.automated : words.human}
          </span>
          {actor.role !== '' && <span class="soft"> {actor.role}</span>}
        </>
      )}
      {onBehalfOf !== undefined && (
        <div>
          {words.behalf} <PersonLink person={onBehalfOf} query={query} name="onbehalfof" />
        </div>
      )}
    </td>
  );
}

function What({ row, language }: RowProps): Html {
  const words = SEARCH[language];
  return (
    <td data-name={words.columns.what}>
      <strong>{row.action}</strong>
      {row.fields.length > 0 && ` ${row.fields.join(', ')}`}
      {row.recipient !== '' && ` ${words.to(row.recipient)}`}
      {row.operation !== '' && <code class="soft"> {row.operation}</code>}
      {row.isConfidential && <span class="badge warn">{words.confidential}</span>}
      {row.isUndeclared && <span class="badge bad">{words.undeclared}</span>}
    </td>
  );
}

function Whose({ row, query, language }: RowProps): Html {
  const words = SEARCH[language];
  const { subjects, moreSubjects } = row;
  return (
    <td data-name={words.columns.whose}>
      {subjects.length === 0 && moreSubjects === 0 && words.nobody}
      {subjects.map((person, at) => (
        <>
          {at > 0 && ', '}
          <PersonLink person={person} query={query} name="subject" />
        </>
      ))}
      {moreSubjects > 0 && <span class="soft"> {words.more(moreSubjects.toLocaleString(language))}</span>}
    </td>
  );
}

/** A person; leads to what else there is of them in this result. */
function PersonLink(props: {
  readonly person: Pseudonym;
  readonly query: Query;
  readonly name: string;
}): Html {
  const { person, query, name } = props;
  if (person.token === undefined) return <Person person={person} />;
  return (
    <a class="quiet" href={searchPath(withTerm(query, { name, value: `~${person.token}` }))}>
      <Person person={person} />
    </a>
  );
}
