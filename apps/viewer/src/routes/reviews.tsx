import { zonedTime } from '@zegel/reading';
import { type Context, Hono } from 'hono';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import { isFragment, respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import type { Searched } from '../logs/searching.ts';
import { address } from '../people/address.ts';
import { addressForm, type Form, readForm } from '../people/form.ts';
import { storedEntry } from '../people/stored-entry.ts';
import { doneRows, openRows, PAGE_ROWS, toldReviews } from '../reviews/lists.ts';
import { MOST_NOTE, MOST_REVIEWED, recordReview } from '../reviews/mark.ts';
import { isOwn } from '../reviews/own.ts';
import { readMarking, type Refusal } from '../reviews/read-marking.ts';
import { OVERDUE_DAYS, ReviewBook } from '../reviews/review-book.ts';
import type { Services } from '../services.ts';
import { REVIEWS, type Reviews } from '../texts/reviews.ts';
import { entryWords } from '../views/persons/words.ts';
import { Page } from '../views/page.tsx';
import { OfEntry } from '../views/reviews/of-entry.tsx';
import { OpenList } from '../views/reviews/open-list.tsx';
import { RefusedPage } from '../views/reviews/refused-page.tsx';
import { ReviewsPage, type ReviewsPageProps, TABS } from '../views/reviews/reviews-page.tsx';
import { ReviewTable, type Telling } from '../views/reviews/review-table.tsx';
import { localPath } from '../http/local-path.ts';

const DAY = 86_400_000;

/** `/reviews`: what is to be followed up and what was reviewed; `POST` marks; `/reviews/of/:index`: one entry's. */
export function reviewRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const guard = signedIn(services, 'review');
  const book = new ReviewBook();
  app.get('/reviews', guard, (c) => showReviews(services, book, c));
  app.post('/reviews', guard, (c) => mark(services, c));
  app.get('/reviews/of/:index', guard, (c) => showReviewsOf(services, book, c));
  return app;
}

function tellingOf(c: Context<Env>, { log }: Pick<Searched, 'log'>): Telling {
  const language = c.get('language');
  const { register, vault } = log;
  return { language, vault, entryWords: entryWords(register, language), time: zonedTime(register.timeZone) };
}

function showReviews(services: Services, book: ReviewBook, c: Context<Env>): Promise<Response> {
  const form = addressForm(c);
  const tab = TABS.find((one) => one === form.text('show')) ?? 'open';
  return services.searching.use(async (searched) => {
    await book.refresh(searched);
    const overdue = book.overdue(services.now(), daysOf(services));
    const counts = { open: book.open().length, overdue: overdue.length, done: book.reviews };
    const common = { ...{ c, services, tab, counts, days: daysOf(services) }, made: madeOf(form) };
    if (tab === 'done') return showDone(services, searched, c, common);
    return showOpen(services, searched, tab === 'open' ? book.open() : overdue, common);
  });
}

type Common = Omit<ReviewsPageProps, 'isEmpty' | 'children'>;

async function showOpen(
  services: Services,
  searched: Searched,
  items: ReturnType<ReviewBook['open']>,
  common: Common,
): Promise<Response> {
  const { c, tab } = common;
  const page = pageOf(addressForm(c));
  const viewer = c.get('viewer');
  const { rows, persons } = await openRows(
    searched,
    items.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS),
    viewer.name,
  );
  await consult(services, viewer, { action: 'read', operation: 'viewer.review', persons, fields: ['kind'] });
  const at = (other: number): string => address('/reviews', { show: tab, page: String(other) });
  const days = daysOf(services);
  return respond(
    c,
    <ReviewsPage
      {...common}
      isEmpty={rows.length === 0}
      next={(page + 1) * PAGE_ROWS < items.length ? at(page + 1) : undefined}
      previous={page > 0 ? at(page - 1) : undefined}
    >
      <OpenList
        {...{ c, rows, days, telling: tellingOf(c, searched), overdueBefore: services.now() - days * DAY }}
      />
    </ReviewsPage>,
  );
}

async function showDone(
  services: Services,
  searched: Searched,
  c: Context<Env>,
  common: Common,
): Promise<Response> {
  const before = addressForm(c).text('before');
  const below = /^\d{1,15}$/.test(before) ? Number(before) : undefined;
  const { rows, persons, older } = await doneRows(searched, below);
  await consult(services, c.get('viewer'), {
    ...{ action: 'read', operation: 'viewer.review', persons, fields: ['kind'] },
  });
  const next = older === undefined ? undefined : address('/reviews', { show: 'done', before: String(older) });
  return respond(
    c,
    <ReviewsPage {...common} isEmpty={rows.length === 0} next={next}>
      <ReviewTable rows={rows} telling={tellingOf(c, searched)} />
    </ReviewsPage>,
  );
}

function showReviewsOf(services: Services, book: ReviewBook, c: Context<Env>): Promise<Response> {
  return services.searching.use(async (searched) => {
    const { log } = searched;
    const stored = await storedEntry(log, c.req.param('index') ?? '');
    const { index } = stored;
    await book.refresh(searched);
    const marks = await book.reviewsOf(searched, index);
    const { rows, persons } = await toldReviews(
      searched,
      marks.map(({ review }) => review),
    );
    const viewer = c.get('viewer');
    await consult(services, viewer, {
      ...{ action: 'read', operation: 'viewer.review', persons, fields: ['index'] },
    });
    const own = isOwn(log.vault, stored, viewer.name);
    const part = <OfEntry {...{ c, index, rows, own, telling: tellingOf(c, searched) }} />;
    if (isFragment(c)) return respond(c, part);
    const { title } = REVIEWS[c.get('language')];
    return respond(
      c,
      <Page c={c} services={services} title={title} section="reviews">
        <h1>
          <a href={`/entries/${index}`}>
            {REVIEWS[c.get('language')].entry} {index}
          </a>
        </h1>
        {part}
      </Page>,
    );
  });
}

async function mark(services: Services, c: Context<Env>): Promise<Response> {
  const form = await readForm(c);
  const user = c.get('viewer').name;
  const read = await services.searching.use((searched) => readMarking(searched, form, user));
  const back = form.text('back') === '' ? '' : localPath(form.text('back'));
  if (typeof read === 'string') {
    const problem = problemOf(read, REVIEWS[c.get('language')]);
    const status = read === 'own' ? 409 : 422;
    return respond(c, <RefusedPage {...{ c, services, problem, back: back || '/reviews' }} />, status);
  }
  await services.logs.use((log) => recordReview(log, { ...read, user }));
  const made = { show: 'done', made: String(read.indexes.length), own: String(read.own) };
  return c.redirect(back || address('/reviews', made), 303);
}

function problemOf(refusal: Refusal, words: Reviews): string {
  switch (refusal) {
    case 'own':
      return words.ownRefused;
    case 'tooMany':
      return words.tooMany(String(MOST_REVIEWED));
    case 'longNote':
      return words.longNote(String(MOST_NOTE));
    case 'noResult':
    case 'noEntries':
      return words[refusal];
    default:
      return refusal satisfies never;
  }
}

function daysOf({ overdueDays }: Services): number {
  return overdueDays ?? OVERDUE_DAYS;
}

function pageOf(form: Form): number {
  const text = form.text('page');
  return /^\d{1,6}$/.test(text) ? Number(text) : 0;
}

function madeOf(form: Form): ReviewsPageProps['made'] {
  const [made, own] = [form.text('made'), form.text('own')];
  return /^\d{1,6}$/.test(made) && /^\d{1,6}$/.test(own)
    ? { count: Number(made), own: Number(own) }
    : undefined;
}
