import { formatQuery, parseQuery, QueryError, tokenized } from '@zegel/search';
import type { Searched } from '../logs/searching.ts';
import type { Form } from '../people/form.ts';
import { storedEntry } from '../people/stored-entry.ts';
import { isOwn } from './own.ts';
import { MOST_NOTE, MOST_REVIEWED, reviewable } from './mark.ts';
import { REVIEW_RESULTS, type ReviewResult } from './review.ts';

/** Why a review is not recorded. */
export type Refusal = 'own' | 'noResult' | 'noEntries' | 'tooMany' | 'longNote';

/** What a form says about which entries. */
export interface ReadMarking {
  readonly indexes: readonly number[];
  readonly result: ReviewResult;
  readonly note: string;
  /** Entries of the user's own that were left out. */
  readonly own: number;
}

/** Reads the form of a review and finds what it is about. @throws HttpError `NOT_FOUND`; the log's errors */
export async function readMarking(
  searched: Searched,
  form: Form,
  user: string,
): Promise<ReadMarking | Refusal> {
  const result = REVIEW_RESULTS.find((one) => one === form.text('result'));
  const note = form.text('note').replaceAll('\0', '');
  if (result === undefined) return 'noResult';
  if (note.length > MOST_NOTE) return 'longNote';
  const found =
    form.all('of').length > 0 ? await ofEntries(searched, form, user) : await ofQuery(searched, form, user);
  return typeof found === 'string' ? found : { ...found, result, note };
}

type Found = Pick<ReadMarking, 'indexes' | 'own'> | Refusal;

/** Single entries: one's own is refused rather than passed over. */
async function ofEntries({ log }: Searched, form: Form, user: string): Promise<Found> {
  const texts = [...new Set(form.all('of'))];
  if (texts.length > MOST_REVIEWED) return 'tooMany';
  const indexes: number[] = [];
  for (const text of texts) {
    const stored = await storedEntry(log, text);
    if (isOwn(log.vault, stored, user)) return 'own';
    indexes.push(stored.index);
  }
  return { indexes, own: 0 };
}

/** What a query found when its result was shown: what came later was not seen. */
async function ofQuery({ log, index, covered }: Searched, form: Form, user: string): Promise<Found> {
  const text = form.text('below');
  if (!/^\d{1,15}$/.test(text)) return 'noEntries';
  try {
    const query = formatQuery(tokenized(parseQuery(form.text('q')), log.vault));
    const below = Math.min(Number(text), covered);
    const found = await reviewable(log, index, index.plan(query), { user, below });
    if (found.tooMany) return 'tooMany';
    if (found.indexes.length === 0) return found.own > 0 ? 'own' : 'noEntries';
    return found;
  } catch (error) {
    if (error instanceof QueryError) return 'noEntries';
    throw error;
  }
}
