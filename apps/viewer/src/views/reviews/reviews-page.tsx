import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Env } from '../../env.ts';
import { address } from '../../people/address.ts';
import type { Services } from '../../services.ts';
import { REVIEWS } from '../../texts/reviews.ts';
import type { Html } from '../html.ts';
import { Page } from '../page.tsx';

/** Lists of reviews. */
export const TABS = ['open', 'overdue', 'done'] as const;
/** One of {@link TABS}. */
type Tab = (typeof TABS)[number];

/** What the page of reviews shows. */
export interface ReviewsPageProps {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly tab: Tab;
  readonly counts: Readonly<Record<Tab, number>>;
  /** What was just recorded. */
  readonly made?: { readonly count: number; readonly own: number } | undefined;
  readonly isEmpty: boolean;
  /** Days after which an item is overdue. */
  readonly days: number;
  /** Addresses of the neighbouring pages. */
  readonly next?: string | undefined;
  readonly previous?: string | undefined;
  readonly children?: Child;
}

/** What is to be followed up, what has been open too long, and what was reviewed. */
export function ReviewsPage(props: ReviewsPageProps): Html {
  const { c, services, tab, counts, made, isEmpty, days, next, previous, children } = props;
  const language = c.get('language');
  const words = REVIEWS[language];
  return (
    <Page c={c} services={services} title={words.title} section="reviews">
      <h1>{words.title}</h1>
      <p>{words.intro}</p>
      {made !== undefined && (
        <p class="notice good" role="status">
          {words.made(made.count)} {made.own > 0 && words.ownLeft(made.own)}
        </p>
      )}
      <nav class="tabs" aria-label={words.title}>
        {TABS.map((each) => (
          <a href={address('/reviews', { show: each })} aria-current={each === tab ? 'page' : undefined}>
            {words.tabs[each]} <span class="soft">{counts[each].toLocaleString(language)}</span>
          </a>
        ))}
      </nav>
      {isEmpty ? (
        <p class="notice">{tab === 'overdue' ? words.empty.overdue(days) : words.empty[tab]}</p>
      ) : (
        children
      )}
      <nav class="actions" aria-label={words.tabs[tab]}>
        {previous !== undefined && <a href={previous}>{words.previous}</a>}
        {next !== undefined && <a href={next}>{words.next}</a>}
      </nav>
    </Page>
  );
}
