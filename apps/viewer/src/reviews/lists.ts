import type { EntryIndex } from '@zegel/core';
import { type Person, showEntry, zonedTime } from '@zegel/reading';
import type { Searched } from '../logs/searching.ts';
import { type Line, lineOf } from '../people/line.ts';
import { isOwn } from './own.ts';
import type { OpenItem } from './review-book.ts';
import { tellReview, type ToldReview } from './review-entry.ts';

/** Rows of a page. */
export const PAGE_ROWS = 50;

/** Something to follow up, as it is shown. */
export interface OpenRow {
  readonly item: OpenItem;
  /** Undefined where the body is pruned. */
  readonly line: Line | undefined;
  /** The review that asked for it. */
  readonly review: ToldReview | undefined;
  /** Whether the reader did it, and may not settle it. */
  readonly own: boolean;
}

/** Rows and everybody whom they show. */
export interface Shown<Row> {
  readonly rows: readonly Row[];
  readonly persons: readonly Person[];
}

/** Open items with what happened and what the reviewer noted. */
export async function openRows(
  { log }: Pick<Searched, 'log'>,
  items: readonly OpenItem[],
  user: string,
): Promise<Shown<OpenRow>> {
  const time = zonedTime(log.register.timeZone);
  const persons: Person[] = [];
  const rows: OpenRow[] = [];
  for (const item of items) {
    const stored = await log.entry(item.index);
    const shown = await showEntry(log, log.vault, stored);
    const review = await tellReview(log, item.review);
    persons.push(...(shown?.persons ?? []), ...(review?.by === undefined ? [] : [review.by]));
    const line = shown && lineOf(shown, log.vault, time);
    rows.push({ item, line, review, own: isOwn(log.vault, stored, user) });
  }
  return { rows, persons };
}

/** Reviews, the newest first. */
export async function doneRows(
  { log, index }: Pick<Searched, 'log' | 'index'>,
  below: number | undefined,
): Promise<Shown<ToldReview> & { readonly older: EntryIndex | undefined }> {
  const plan = index.plan('kind:review');
  const { indexes, more } = await index.search(plan, { limit: PAGE_ROWS, below });
  const told = await toldReviews({ log }, indexes);
  return { ...told, older: more ? indexes.at(-1) : undefined };
}

/** Reviews by the indexes of their entries. */
export async function toldReviews(
  { log }: Pick<Searched, 'log'>,
  indexes: readonly number[],
): Promise<Shown<ToldReview>> {
  const all = await Promise.all(indexes.map((one) => tellReview(log, one)));
  const rows = all.filter((one) => one !== undefined);
  return { rows, persons: rows.flatMap(({ by }) => by ?? []) };
}
