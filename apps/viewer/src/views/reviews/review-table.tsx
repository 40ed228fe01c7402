import type { VaultReader } from '@zegel/log';
import type { Language } from '../../http/preferences.ts';
import { pseudonymOf } from '../../people/line.ts';
import type { ToldReview } from '../../reviews/review-entry.ts';
import { REVIEWS } from '../../texts/reviews.ts';
import type { Html } from '../html.ts';
import { Person } from '../person.tsx';
import type { EntryWords } from '../persons/words.ts';

/** What rows about reviews need besides the reviews. */
export interface Telling {
  readonly language: Language;
  readonly entryWords: EntryWords;
  readonly vault: Pick<VaultReader, 'personKey'>;
  readonly time: (text: unknown) => string;
}

const FIRST = 3;

/** Reviews: when, by whom, of what, and what they found. */
export function ReviewTable({
  rows,
  telling,
}: {
  readonly rows: readonly ToldReview[];
  readonly telling: Telling;
}): Html {
  const { language, time } = telling;
  const words = REVIEWS[language];
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.by}</th>
            <th scope="col">{words.result}</th>
            <th scope="col">{words.entries}</th>
            <th scope="col">{words.note}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((review) => (
            <tr>
              <td class="when">
                <a href={`/entries/${review.index}`}>{time(review.recorded)}</a>
              </td>
              <td>
                <Reviewer review={review} telling={telling} />
              </td>
              <td>{words.results[review.result]}</td>
              <td>
                <Entries of={review.of} language={language} />
              </td>
              <td class="note">{review.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Who reviewed, by pseudonym. */
export function Reviewer({
  review,
  telling,
}: {
  readonly review: ToldReview;
  readonly telling: Telling;
}): Html {
  const { entryWords, vault, language } = telling;
  if (review.by === undefined) return <>{REVIEWS[language].unknown}</>;
  return <Person person={entryWords.person(pseudonymOf(vault, review.by))} />;
}

function Entries({ of, language }: { readonly of: readonly number[]; readonly language: Language }): Html {
  const rest = of.length - FIRST;
  return (
    <>
      {of.slice(0, FIRST).map((index) => (
        <>
          <a href={`/entries/${index}`}>{index}</a>{' '}
        </>
      ))}
      {rest > 0 && REVIEWS[language].more(rest)}
    </>
  );
}
