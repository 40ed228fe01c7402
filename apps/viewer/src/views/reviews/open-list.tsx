import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import type { OpenRow } from '../../reviews/lists.ts';
import { REVIEWS } from '../../texts/reviews.ts';
import type { Html } from '../html.ts';
import { Actor, Subjects } from '../persons/groups.tsx';
import { ReviewForm } from './review-form.tsx';
import { Reviewer, type Telling } from './review-table.tsx';

/** What a list of open items needs. */
export interface OpenListProps {
  readonly c: Context<Env>;
  readonly rows: readonly OpenRow[];
  readonly telling: Telling;
  /** Days after which an item is overdue, and the time from which it is, ms. */
  readonly days: number;
  readonly overdueBefore: number;
}

/** What is to be followed up, each with its note and, for whoever may, the form that settles it. */
export function OpenList({ c, rows, telling, days, overdueBefore }: OpenListProps): Html {
  const words = REVIEWS[telling.language];
  return (
    <ol class="open-items">
      {rows.map((row) => (
        <li class="panel">
          <h2>
            <a href={`/entries/${row.item.index}`}>
              {words.entry} {row.item.index}
            </a>{' '}
            {row.item.since < overdueBefore && <span class="badge bad">{words.late(days)}</span>}
          </h2>
          <Happened row={row} telling={telling} />
          <Noted row={row} telling={telling} />
          {row.own ? (
            <p class="soft">{words.own}</p>
          ) : (
            <details>
              <summary>{words.settle}</summary>
              <ReviewForm c={c} of={{ index: row.item.index }} />
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function Happened({ row, telling }: { readonly row: OpenRow; readonly telling: Telling }): Html {
  const { line } = row;
  const { language, entryWords } = telling;
  if (line === undefined) return <p class="soft">{REVIEWS[language].pruned}</p>;
  return (
    <p>
      {line.day} {line.time}: <Actor line={line} entryWords={entryWords} language={language} />{' '}
      {line.action === '' ? entryWords.kind(line.kind) : entryWords.action(line.action)}
      {line.fields.length > 0 && `: ${line.fields.map((key) => entryWords.field(key)).join(', ')}`}
      {line.subjectCount > 0 && ' · '}
      <Subjects line={line} entryWords={entryWords} language={language} />
      {line.activity !== '' && ` · ${entryWords.activity(line.activity)}`}
      {line.outcome !== '' && line.outcome !== 'success' && ` · ${entryWords.outcome(line.outcome)}`}
    </p>
  );
}

function Noted({ row, telling }: { readonly row: OpenRow; readonly telling: Telling }): Html {
  const { review, item } = row;
  const words = REVIEWS[telling.language];
  return (
    <dl class="facts">
      <dt>{words.since}</dt>
      <dd>{telling.time(new Date(item.since).toISOString())}</dd>
      <dt>{words.by}</dt>
      <dd>{review === undefined ? words.unknown : <Reviewer review={review} telling={telling} />}</dd>
      <dt>{words.note}</dt>
      <dd class="note">{review === undefined || review.note === '' ? words.noNote : review.note}</dd>
    </dl>
  );
}
