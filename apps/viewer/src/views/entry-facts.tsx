import type { Fact } from '../entries/entry-facts.ts';
import type { Telling } from '../entries/entry-sentence.ts';
import { personWords } from '../entries/persons-in-words.ts';
import { LABELS } from '../texts/entry-labels.ts';
import type { Html } from './html.ts';

/** What an entry says of one key. */
export function Facts({
  facts,
  telling,
}: {
  readonly facts: readonly Fact[];
  readonly telling: Telling;
}): Html {
  const shown = facts.map((fact) => <OneFact fact={fact} telling={telling} />);
  const [only] = shown;
  if (shown.length === 1 && only !== undefined) return only;
  return (
    <ul class="entry-list">
      {shown.map((each) => (
        <li>{each}</li>
      ))}
    </ul>
  );
}

function OneFact({ fact, telling }: { readonly fact: Fact; readonly telling: Telling }): Html {
  switch (fact.kind) {
    case 'text':
      return (
        <>
          {fact.text}{' '}
          {fact.note !== undefined && fact.note !== '' && <span class="soft mono">{fact.note}</span>}
        </>
      );
    case 'code':
      return <code>{fact.text}</code>;
    case 'person':
      return (
        <>
          <EntryPerson fact={fact} telling={telling} />{' '}
          {fact.note !== '' && <span class="soft">{fact.note}</span>}
        </>
      );
    case 'entry':
      return <a href={`/entries/${fact.index}`}>{String(fact.index)}</a>;
    default:
      return fact satisfies never;
  }
}

/** A person by pseudonym, which leads to the other entries of the same place. */
function EntryPerson({
  fact,
  telling,
}: {
  readonly fact: Fact & { kind: 'person' };
  readonly telling: Telling;
}): Html {
  const { place, person } = fact;
  const name = personWords(person, LABELS[telling.language]);
  if (person.token === undefined) return <span class="person">{name}</span>;
  return (
    <a class="person" href={`/?q=${encodeURIComponent(`${place}:~${person.token}`)}`}>
      {name}
    </a>
  );
}
