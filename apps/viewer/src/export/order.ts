import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '@zegel/reading';
import {
  formatQuery,
  parseQuery,
  type Query,
  QueryError,
  queryShape,
  tokenized,
  within,
} from '@zegel/search';
import type { Searched } from '../logs/searching.ts';
import { directionOf, TOKEN } from '../people/direction.ts';
import { type Form, reasonOf } from '../people/form.ts';
import { identityOf } from '../people/identity.ts';
import { filterOf, personQuery } from '../people/person-query.ts';
import type { Direction } from './person-rows.ts';
import { EXPORT_FORMATS, type ExportFormat } from './rows.ts';

/** What somebody wants a file of. */
export interface ExportOrder {
  /** Names persons by token alone. */
  readonly query: string;
  /** For a person's view: whose. */
  readonly view:
    | { readonly person: Person; readonly token: string; readonly direction: Direction }
    | undefined;
  /** Whom the query itself is about, as far as the vault can tell. */
  readonly about: readonly Person[];
  /** Qualifiers used, never their terms. */
  readonly fields: readonly string[];
  readonly format: ExportFormat;
  readonly bom: boolean;
  /** Whether a person's view has what is still confidential. */
  readonly confidential: boolean;
  readonly reason: string;
  /** Hits, and the entries among which they were counted. */
  readonly total: number;
  readonly below: number;
}

/** Why there is no order. */
export type OrderProblem =
  | { readonly kind: 'reason' | 'format' | 'nobody' | 'behind' }
  | { readonly kind: 'query'; readonly message: string };

/** Whom or what a form or an address is about: a person's view by token, else a query. */
export interface ExportSource {
  readonly query: string;
  readonly view: { readonly token: string; readonly direction: Direction } | undefined;
}

/** Reads what is to be exported. */
export function sourceOf(form: Form): ExportSource {
  const token = form.text('person');
  if (!TOKEN.test(token)) return { query: form.text('q'), view: undefined };
  const direction = directionOf(form.text('as'));
  return { query: personQuery(token, direction, filterOf(form)), view: { token, direction } };
}

/** Reads the form of an export. Terms that name a person become tokens. @throws IndexError; the log's errors */
export async function readOrder(searched: Searched, form: Form): Promise<ExportOrder | OrderProblem> {
  const { log, index } = searched;
  const source = sourceOf(form);
  const format = EXPORT_FORMATS.find((one) => one === form.text('format'));
  const reason = reasonOf(form);
  if (reason === undefined) return { kind: 'reason' };
  if (format === undefined) return { kind: 'format' };
  const below: number = await log.size();
  if (!(await reaches(index, below))) return { kind: 'behind' };
  try {
    const query = tokenized(parseQuery(source.query), log.vault);
    const text = formatQuery(query);
    const total = await index.count(within(index.plan(text), 0, below));
    const about = await personsIn(searched, query);
    const view = source.view && { ...source.view, person: await identityOf(searched, source.view.token) };
    if (view !== undefined && view.person === undefined) return { kind: 'nobody' };
    return {
      ...{ query: text, about, fields: queryShape(query), format, reason, total, below },
      view: view?.person && { ...view, person: view.person },
      bom: form.text('bom') === 'on',
      confidential: form.text('confidential') === 'on',
    };
  } catch (error) {
    if (error instanceof QueryError) return { kind: 'query', message: error.message };
    throw error;
  }
}

/** Whether the index covers the whole log, at the latest after some seconds: a file without the newest entries would mislead. */
async function reaches(index: Searched['index'], size: number): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (index.stats().covered >= size) return true;
    await sleep(PAUSE);
  }
  return false;
}

const PAUSE = 100;
const TRIES = 100;

/** Whom a query names. */
async function personsIn(searched: Searched, { clauses }: Query): Promise<readonly Person[]> {
  const tokens = clauses.flatMap((clause) =>
    clause.kind === 'word'
      ? []
      : clause.values.flatMap((value) => (value.kind === 'token' ? value.token : [])),
  );
  const found = await Promise.all([...new Set(tokens)].map((token) => identityOf(searched, token)));
  return found.filter((one) => one !== undefined);
}
