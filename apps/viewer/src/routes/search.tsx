import { formatQuery, type Query, queryShape } from '@zegel/search';
import { type Context, Hono } from 'hono';
import { may } from '../access/permissions.ts';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import { HttpError } from '../http/http-error.ts';
import { respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import { ask } from '../search/ask.ts';
import { findPage } from '../search/find-page.ts';
import { MOST_REASON, nameInLog } from '../search/naming.ts';
import { Overviews } from '../search/overviews.ts';
import { searchPath, USUAL_QUERY } from '../search/search-path.ts';
import type { Services } from '../services.ts';
import { LEAST_REASON } from '../texts/search-errors.ts';
import { SearchNaming } from '../views/search-naming.tsx';
import { SearchPage, type SearchResult } from '../views/search-page.tsx';

/**
 * `GET /?q=…&below=…`: the search page; its address is its state. `POST /`: a query, which may name persons and then needs
 * a reason; leads to the address that has their tokens.
 */
export function searchRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const overviews = new Overviews(services.now);
  app.get('/', signedIn(services, 'search'), async (c) => {
    const text = c.req.query('q') ?? USUAL_QUERY;
    const asked = ask(text);
    if (asked.kind === 'wrong') return respond(c, SearchPage({ c, services, text, error: asked.error }), 400);
    if (asked.kind === 'naming') return askWhy(services, c, text, undefined);
    const result = await find(services, overviews, c, asked.query);
    return respond(c, SearchPage({ c, services, text, result }));
  });
  app.post('/', signedIn(services, 'search'), async (c) => {
    const form = await c.req.parseBody();
    const [text, reason] = [fieldOf(form, 'q') ?? '', fieldOf(form, 'reason')?.trim()];
    const asked = ask(text);
    if (asked.kind === 'wrong') return respond(c, SearchPage({ c, services, text, error: asked.error }), 400);
    if (asked.kind === 'query') return c.redirect(searchPath(text.trim()), 303);
    if (reason === undefined || reason.length < LEAST_REASON) return askWhy(services, c, text, reason);
    const query = await name(services, c, asked.query, reason.slice(0, MOST_REASON));
    return c.redirect(searchPath(query), 303);
  });
  return app;
}

/** The first step to a person: why. Only who may look at persons is asked. */
async function askWhy(
  services: Services,
  c: Context<Env>,
  text: string,
  reason: string | undefined,
): Promise<Response> {
  await requirePersons(services, c);
  return respond(c, SearchNaming({ c, services, text, reason }), reason === undefined ? 200 : 422);
}

async function name(services: Services, c: Context<Env>, query: Query, reason: string): Promise<string> {
  await requirePersons(services, c);
  return nameInLog(services, c.get('viewer'), query, { operation: 'viewer.name', reason });
}

async function requirePersons(services: Services, c: Context<Env>): Promise<void> {
  const viewer = c.get('viewer');
  if (may(viewer.session.roles, 'person')) return;
  const denied = { action: 'search', operation: 'viewer.denied', persons: [], outcome: 'denied' } as const;
  await consult(services, viewer, { ...denied, fields: ['person'] });
  throw new HttpError('PERMISSION_MISSING', 'naming a person asks for the permission person');
}

/** Finds a page and its overview, and appends the entry of that, by shape, before anybody sees them. */
async function find(
  services: Services,
  overviews: Overviews,
  c: Context<Env>,
  query: Query,
): Promise<SearchResult> {
  const wanted = { below: indexOf(c.req.query('below')), above: indexOf(c.req.query('above')) };
  const text = formatQuery(query);
  const result = await services.searching.use(async (searched): Promise<SearchResult> => {
    const { log, index, covered } = searched;
    const plan = index.plan(text);
    const context = {
      ...{ register: log.register, vault: log.vault, language: c.get('language') },
      stateOf: (at: number) => services.checks.stateOf(at),
    };
    const found = await findPage(searched, plan, wanted, context);
    const overview = await overviews.of(text, searched, plan, found.rows.length);
    const isNewest = wanted.above === undefined && wanted.below === undefined;
    return { query, found, overview, register: log.register, covered, size: await log.size(), isNewest };
  });
  await consult(services, c.get('viewer'), {
    ...{ action: 'search', operation: 'viewer.search', fields: queryShape(query) },
    persons: [...result.found.persons, ...result.overview.actors.values()],
  });
  return result;
}

/** An index as an address gives it. */
function indexOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function fieldOf(form: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = form[key];
  return typeof value === 'string' ? value : undefined;
}
