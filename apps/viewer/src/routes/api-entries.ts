import { type Query, queryShape } from '@zegel/search';
import { type Context, Hono } from 'hono';
import { type Asker, askerOf, consultByToken } from '../api/api-asker.ts';
import { apiEntry } from '../api/api-entry.ts';
import { type EntryPage, MOST_LIMIT, USUAL_LIMIT } from '../api/entry-page.ts';
import { searchBody } from '../api/search-body.ts';
import { findEntry } from '../entries/find-entry.ts';
import type { Env } from '../env.ts';
import { bearer } from '../http/bearer.ts';
import { HttpError } from '../http/http-error.ts';
import { numberParameter, onlyParameters } from '../http/parameters.ts';
import { formOf, readJson } from '../http/read-events.ts';
import { ask } from '../search/ask.ts';
import { nameInLog } from '../search/naming.ts';
import type { Services } from '../services.ts';

/** `GET /v1/entries…` and `POST /v1/entries/search`: the log for other programs, with a token of the scope `read`. */
export function apiEntryRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const guard = bearer(services.tokens, 'read');
  app.get('/v1/entries', guard, (c) => search(services, c));
  app.post('/v1/entries/search', guard, (c) => searchByBody(services, c));
  app.get('/v1/entries/:index', guard, (c) => one(services, c));
  app.get('/v1/entries/:index/proof', guard, (c) => proof(services, c));
  return app;
}

/** Newest first; `next` is the `below` of the page that follows. */
async function search(services: Services, c: Context<Env>): Promise<Response> {
  onlyParameters(c, ['q', 'limit', 'below']);
  const text = c.req.query('q') ?? '';
  if (askedFor(text).isNaming)
    throw new HttpError(
      'QUERY_NAMES_PERSON',
      'a query in an address names persons by their token, as in subject:~0123456789abcdef; post it to name them',
    );
  const limit = numberParameter(c, 'limit', { least: 1, most: MOST_LIMIT, otherwise: USUAL_LIMIT });
  const most = Number.MAX_SAFE_INTEGER;
  const below = numberParameter(c, 'below', { least: 0, most, otherwise: undefined });
  return c.json(await found(services, askerOf(c), text, { limit, below }));
}

/** The same by a body, in which the query may name persons: for a reason and with the scope `reveal`. */
async function searchByBody(services: Services, c: Context<Env>): Promise<Response> {
  onlyParameters(c, []);
  formOf(c.req.header('content-type'), ['json']);
  const { reason, query: text, ...page } = searchBody(readJson(new Uint8Array(await c.req.arrayBuffer())));
  const { query, isNaming } = askedFor(text);
  const asker = askerOf(c);
  if (!isNaming) return c.json(await found(services, asker, text, page));
  if (!c.get('token').scopes.includes('reveal'))
    throw new HttpError('SCOPE_MISSING', 'this token lacks the scope reveal: it may not name anybody');
  if (reason === undefined)
    throw new HttpError('PARAMETER_WRONG', 'a query that names somebody asks for a reason');
  const how = { operation: 'api.name', by: 'service', reason } as const;
  const named = await nameInLog(services, { name: asker.source }, query, how);
  return c.json(await found(services, asker, named, page));
}

/** A page of a query that names nobody, after the entry of that. */
async function found(
  services: Services,
  asker: Asker,
  text: string,
  { limit, below }: EntryPage,
): Promise<Readonly<Record<string, unknown>>> {
  const { query } = askedFor(text);
  const { page, shown, covered } = await services.searching.use(async ({ log, index, covered: size }) => {
    const plan = index.plan(text);
    const hits = await index.search(plan, { limit, below });
    const { entries } = await index.fetch(plan, hits.indexes);
    const all = await Promise.all(entries.map((each) => apiEntry(log, each, asker.reason !== undefined)));
    return { page: hits, shown: all, covered: size };
  });
  const persons = shown.flatMap((each) => each.persons);
  await consultByToken(services, asker, 'search', persons, queryShape(query));
  const next = page.more ? page.indexes.at(-1) : undefined;
  return { entries: shown.map(({ json }) => json), covered, ...(next !== undefined && { next }) };
}

/** @throws HttpError `QUERY_WRONG` */
function askedFor(text: string): { readonly query: Query; readonly isNaming: boolean } {
  const asked = ask(text);
  if (asked.kind === 'wrong') throw new HttpError('QUERY_WRONG', asked.error.message);
  return { query: asked.query, isNaming: asked.kind === 'naming' };
}

async function one(services: Services, c: Context<Env>): Promise<Response> {
  onlyParameters(c, []);
  const asker = askerOf(c);
  const { json, persons } = await services.logs.use(async (log) => {
    const stored = await findEntry(log, c.req.param('index'));
    await services.integrity.seen([stored]);
    return apiEntry(log, stored, asker.reason !== undefined);
  });
  await consultByToken(services, asker, 'entry', persons, ['index']);
  return c.json(json);
}

/** A proof is hashes and a signature, from which nobody is found: there is nothing to account for, and no entry is left. */
async function proof(services: Services, c: Context<Env>): Promise<Response> {
  onlyParameters(c, []);
  const { index, text } = await services.logs.use(async (log) => {
    const { index: at } = await findEntry(log, c.req.param('index'));
    return { index: at, text: await log.prove(at) };
  });
  return c.body(text, 200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${index}.tlog-proof"`,
  });
}
