import type { Context } from 'hono';
import { may } from '../../access/permissions.ts';
import type { Env } from '../../env.ts';
import { address } from '../../people/address.ts';
import { EXPORTS } from '../../texts/exports.ts';
import { REVIEWS } from '../../texts/reviews.ts';
import type { Html } from '../html.ts';
import { ReviewForm } from '../reviews/review-form.tsx';

/** What can be done with the result of a query by whoever may: export it, and review it in one go. */
export function ResultActions(props: {
  readonly c: Context<Env>;
  /** Names nobody but by token. */
  readonly query: string;
  /** Entries from here on were not there when the result was made. */
  readonly below: number;
}): Html {
  const { c, query, below } = props;
  const language = c.get('language');
  const { roles } = c.get('viewer').session;
  return (
    <div class="result-actions">
      {may(roles, 'export') && (
        <a class="button quiet" href={address('/exports', { q: query })}>
          {EXPORTS[language].title}
        </a>
      )}
      {may(roles, 'review') && (
        <details>
          <summary>{REVIEWS[language].formMany}</summary>
          <ReviewForm c={c} of={{ query, below }} />
        </details>
      )}
    </div>
  );
}
