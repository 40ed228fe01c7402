import { localTime, plainText } from '@zegel/reading';
import type { ReadEntry } from '../entries/control-entries.ts';
import type { Telling } from '../entries/entry-sentence.ts';
import type { OpenedEntry } from '../entries/open-entry.ts';
import { ENTRY } from '../texts/entry.ts';
import { LABELS, label } from '../texts/entry-labels.ts';
import type { Html } from './html.ts';

/** Entries that have to do with one: by reference both ways, by trace, and as parts of one event. */
export function EntryRelated({
  opened,
  telling,
}: {
  readonly opened: OpenedEntry;
  readonly telling: Telling;
}): Html {
  const { related, index } = opened;
  const words = ENTRY[telling.language];
  return (
    <section>
      <h2>{words.related}</h2>
      {related === undefined ? (
        <p class="notice warn">{words.noIndex}</p>
      ) : (
        <>
          <Entries title={words.names} entries={related.of} telling={telling} />
          <Entries title={words.namedBy} entries={related.by} telling={telling} />
          <Entries
            title={words.trace(String(related.traceCount))}
            entries={related.trace}
            telling={telling}
          />
          {related.parts.length > 0 && <Parts parts={related.parts} own={index} telling={telling} />}
          {isAlone(related) && <p class="soft">{words.noneRelated}</p>}
        </>
      )}
    </section>
  );
}

function isAlone({ of, by, trace, parts }: NonNullable<OpenedEntry['related']>): boolean {
  return of.length + by.length + trace.length + parts.length === 0;
}

function Entries(props: {
  readonly title: string;
  readonly entries: readonly ReadEntry[];
  readonly telling: Telling;
}): Html {
  const { title, entries, telling } = props;
  if (entries.length === 0) return <></>;
  return (
    <>
      <h3>{title}</h3>
      <ul class="entry-list">
        {entries.map((entry) => (
          <li>
            <a href={`/entries/${entry.index}`}>{String(entry.index)}</a> {brief(entry, telling)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** When and what, without persons: those are shown where the entry itself is opened. */
function brief({ body }: ReadEntry, { timeZone, language }: Telling): string {
  const labels = LABELS[language];
  const { occurred, kind, action, operation, outcome, result } = body;
  const what =
    kind === 'access'
      ? `${label(labels.actions, action)}, ${plainText(operation)}, ${label(labels.outcomes, outcome)}`
      : [
          label(labels.kinds, kind ?? '?'),
          ...(result === undefined ? [] : [label(labels.results, result)]),
        ].join(', ');
  return occurred === undefined ? what : `${localTime(occurred, timeZone)} · ${what}`;
}

function Parts(props: {
  readonly parts: readonly number[];
  readonly own: number;
  readonly telling: Telling;
}): Html {
  const { parts, own, telling } = props;
  const words = ENTRY[telling.language];
  return (
    <>
      <h3>{words.parts(String(parts.length))}</h3>
      <ol class="entry-list">
        {parts.map((index) => (
          <li>
            {index === own ? (
              `${index} (${words.thisOne})`
            ) : (
              <a href={`/entries/${index}`}>{String(index)}</a>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
