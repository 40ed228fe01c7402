import { namesPerson, parseQuery, type Query, QueryError, queryShape } from '@zegel/search';
import { type Context, Hono } from 'hono';
import { askerOf, consultByToken } from '../api/api-asker.ts';
import { apiEntry } from '../api/api-entry.ts';
import { findEntry } from '../entries/find-entry.ts';
import type { Env } from '../env.ts';
import { bearer } from '../http/bearer.ts';
import { HttpError } from '../http/http-error.ts';
import { numberParameter, onlyParameters } from '../http/parameters.ts';
import type { Services } from '../services.ts';

const DEFAULT_LIMIT = 50;
const MOST_LIMIT = 1000;

/** `GET /v1/entries…`: the log for other programs, with a token of the scope `read`. */
export function apiEntryRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const guard = bearer(services.tokens, 'read');
  app.get('/v1/entries', guard, (c) => search(services, c));
  app.get('/v1/entries/:index', guard, (c) => one(services, c));
  app.get('/v1/entries/:index/proof', guard, (c) => proof(services, c));
  return app;
}

/** Newest first; `next` is the `below` of the page that follows. */
async function search(services: Services, c: Context<Env>): Promise<Response> {
  onlyParameters(c, ['q', 'limit', 'below']);
  const query = namelessQuery(c.req.query('q') ?? '');
  const limit = numberParameter(c, 'limit', { least: 1, most: MOST_LIMIT, otherwise: DEFAULT_LIMIT });
  const most = Number.MAX_SAFE_INTEGER;
  const below = numberParameter(c, 'below', { least: 0, most, otherwise: undefined });
  const asker = askerOf(c);
  const found = await services.searching.use(async ({ log, index, covered }) => {
    const plan = index.plan(c.req.query('q') ?? '');
    const page = await index.search(plan, { limit, below });
    const { entries } = await index.fetch(plan, page.indexes);
    const shown = await Promise.all(entries.map((each) => apiEntry(log, each, asker.reason !== undefined)));
    return { page, shown, covered };
  });
  const persons = found.shown.flatMap((each) => each.persons);
  await consultByToken(services, asker, 'search', persons, queryShape(query));
  const next = found.page.more ? found.page.indexes.at(-1) : undefined;
  const entries = found.shown.map(({ json }) => json);
  return c.json({ entries, covered: found.covered, ...(next !== undefined && { next }) });
}

/** A query of the URL, which must not name a person: URLs are kept in many places. @throws HttpError */
function namelessQuery(text: string): Query {
  let query: Query;
  try {
    query = parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError) throw new HttpError('QUERY_WRONG', error.message);
    throw error;
  }
  if (namesPerson(query))
    throw new HttpError(
      'QUERY_NAMES_PERSON',
      'a query in an address names persons by their token, as in subject:~0123456789abcdef',
    );
  return query;
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
