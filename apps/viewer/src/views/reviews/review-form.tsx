import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import { MOST_NOTE } from '../../reviews/mark.ts';
import { REVIEW_RESULTS } from '../../reviews/review.ts';
import { REVIEWS } from '../../texts/reviews.ts';
import type { Html } from '../html.ts';
import { Csrf } from '../page.tsx';

/** What is reviewed: one entry, or what a query found among the entries below an index, which the reader has seen. */
export type Reviewed =
  | { readonly index: number }
  /** `query` names nobody but by token. */
  | { readonly query: string; readonly below: number };

/** Marks an entry, or a whole result, as in order or to be followed up. For those with the permission `review`. */
export function ReviewForm(props: {
  readonly c: Context<Env>;
  readonly of: Reviewed;
  /** A path of this viewer to return to; else the list of reviews. */
  readonly back?: string | undefined;
}): Html {
  const { c, of, back } = props;
  const words = REVIEWS[c.get('language')];
  const id = 'index' in of ? `review-${of.index}` : 'review-result';
  return (
    <form class="review-form" method="post" action="/reviews">
      <Csrf c={c} />
      {'index' in of ? (
        <input type="hidden" name="of" value={String(of.index)} />
      ) : (
        <>
          <input type="hidden" name="q" value={of.query} />
          <input type="hidden" name="below" value={String(of.below)} />
        </>
      )}
      {back !== undefined && <input type="hidden" name="back" value={back} />}
      <fieldset class="choice">
        <legend>{'index' in of ? words.form : words.formMany}</legend>
        {REVIEW_RESULTS.map((result) => (
          <label>
            <input type="radio" name="result" value={result} required /> {words.results[result]}
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for={id}>{words.note}</label>
        <textarea id={id} name="note" maxlength={MOST_NOTE} aria-describedby={`${id}-hint`}></textarea>
        <span class="hint" id={`${id}-hint`}>
          {words.noteHint}
        </span>
      </div>
      <button>{words.button}</button>
    </form>
  );
}
