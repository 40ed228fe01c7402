import { complete, type Facet, type FacetName } from '@zegel/search';
import { Hono } from 'hono';
import type { Env } from '../env.ts';
import { signedIn } from '../http/signed-in.ts';
import type { Services } from '../services.ts';
import { KEYS, nameOf } from '../texts/search-keys.ts';

/** What occurs in a log and is in no register. No persons among them. */
const MET: readonly FacetName[] = ['service', 'operation', 'role', 'recipient', 'flag'];
/** Values of each that are offered. */
const TOP = 50;
/** Milliseconds for which they are remembered. */
const FRESH = 60_000;

/**
 * `POST /complete` with `q` and `at`: ways to go on writing a query, as JSON. Posted, since what is being written may name
 * somebody; nothing of it is kept.
 */
export function completeRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  let met: { readonly made: number; readonly facets: readonly Facet[] } | undefined;
  app.post('/complete', signedIn(services, 'search'), async (c) => {
    const { q, at } = await c.req.parseBody();
    const text = typeof q === 'string' ? q : '';
    const cursor = typeof at === 'string' && /^\d{1,6}$/.test(at) ? Number(at) : text.length;
    const language = c.get('language');
    const ways = await services.searching.use(async ({ log, index }) => {
      if (met === undefined || services.now() - met.made > FRESH)
        met = { made: services.now(), facets: (await index.facets('', { names: MET, top: TOP })).facets };
      return complete(text, cursor, { register: log.register, facets: met.facets, language });
    });
    const { qualifier } = KEYS[language];
    const named = ways.map((way) =>
      way.kind === 'value' ? way : { ...way, name: nameOf(qualifier, way.label.slice(0, -1)) },
    );
    return c.json(named);
  });
  return app;
}
