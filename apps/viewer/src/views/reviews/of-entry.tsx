import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import type { ToldReview } from '../../reviews/review-entry.ts';
import { REVIEWS } from '../../texts/reviews.ts';
import type { Html } from '../html.ts';
import { ReviewForm } from './review-form.tsx';
import { ReviewTable, type Telling } from './review-table.tsx';

/** How one entry was reviewed, and the form to do so; a fragment for the entry's page. */
export function OfEntry(props: {
  readonly c: Context<Env>;
  readonly index: number;
  readonly rows: readonly ToldReview[];
  readonly own: boolean;
  readonly telling: Telling;
}): Html {
  const { c, index, rows, own, telling } = props;
  const words = REVIEWS[telling.language];
  return (
    <section class="reviews-of">
      <h2>{words.title}</h2>
      {rows.length === 0 ? <p>{words.unseen}</p> : <ReviewTable rows={rows} telling={telling} />}
      {own ? <p class="soft">{words.own}</p> : <ReviewForm c={c} of={{ index }} back={`/entries/${index}`} />}
    </section>
  );
}
