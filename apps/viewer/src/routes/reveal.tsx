import { showEntry } from '@zegel/reading';
import { type Context, Hono } from 'hono';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import { respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import { readForm, reasonOf } from '../people/form.ts';
import { chosen, mentioned } from '../people/reveal.ts';
import { storedEntry } from '../people/stored-entry.ts';
import type { Services } from '../services.ts';
import { PEOPLE } from '../texts/people.ts';
import { RevealPage } from '../views/reveal/reveal-page.tsx';

/** `POST /entries/:index/reveal`: who the persons of an entry are, for a reason. Each time is an entry that names them. */
export function revealRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/entries/:index/reveal', signedIn(services, 'reveal'), (c) => reveal(services, c));
  return app;
}

async function reveal(services: Services, c: Context<Env>): Promise<Response> {
  const form = await readForm(c);
  const reason = reasonOf(form);
  const shown = await services.logs.use(async (log) => {
    const stored = await storedEntry(log, c.req.param('index') ?? '');
    await services.integrity.seen([stored]);
    return { index: stored.index, entry: await showEntry(log, log.vault, stored) };
  });
  const { index } = shown;
  if (reason === undefined) {
    const problem = PEOPLE[c.get('language')].reasonMissing;
    const place = form.all('who')[0];
    return respond(c, <RevealPage {...{ c, services, index, all: [], problem, place }} />, 422);
  }
  const all = shown.entry === undefined ? [] : chosen(mentioned(shown.entry), form.all('who'));
  // Exactly those who are about to be shown, and nobody before this is durable.
  await consult(services, c.get('viewer'), {
    ...{ action: 'read', operation: 'viewer.reveal', fields: ['index'], reason },
    persons: all.map(({ person }) => person),
  });
  return respond(c, <RevealPage {...{ c, services, index, all }} />);
}
