import type { Context } from 'hono';
import { may } from '../../access/permissions.ts';
import type { Env } from '../../env.ts';
import { REVEAL } from '../../texts/reveal.ts';
import { REVIEWS } from '../../texts/reviews.ts';
import type { Html } from '../html.ts';
import { RevealForm } from '../reveal/reveal-form.tsx';

/**
 * What can be done with an entry by whoever may: see who its persons are, and review it. Earlier reviews come when they are
 * asked for, since seeing them is an entry; without JavaScript the same link leads to a page of its own.
 */
export function EntryActions(props: {
  readonly c: Context<Env>;
  readonly index: number;
  /** Whether it mentions anybody. */
  readonly hasPersons: boolean;
}): Html {
  const { c, index, hasPersons } = props;
  const language = c.get('language');
  const { roles } = c.get('viewer').session;
  const path = `/reviews/of/${index}`;
  return (
    <>
      {hasPersons && may(roles, 'reveal') && (
        <details class="entry-action">
          <summary>{REVEAL[language].offer}</summary>
          <RevealForm c={c} index={index} />
        </details>
      )}
      {may(roles, 'review') && (
        <div class="entry-action">
          <a
            class="button quiet"
            href={path}
            hx-get={path}
            hx-target="closest .entry-action"
            hx-swap="innerHTML"
          >
            {REVIEWS[language].form}
          </a>
        </div>
      )}
    </>
  );
}
