import { ACTOR_KINDS } from '@zegel/core';
import { zonedTime } from '@zegel/reading';
import { tokenOf } from '@zegel/search';
import { type Context, Hono } from 'hono';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import type { Direction } from '../export/person-rows.ts';
import { HttpError } from '../http/http-error.ts';
import { respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import { address } from '../people/address.ts';
import { directionOf, TOKEN } from '../people/direction.ts';
import { addressForm, type Form, readForm, reasonOf } from '../people/form.ts';
import { addGrant, grantFor, liveGrants } from '../people/grants.ts';
import { identityOf } from '../people/identity.ts';
import { pseudonymOf } from '../people/line.ts';
import { filterFields, filterOf } from '../people/person-query.ts';
import { openPersonView } from '../people/person-view.ts';
import type { Services } from '../services.ts';
import { PEOPLE } from '../texts/people.ts';
import { pseudonymText } from '../views/person.tsx';
import { AskPage } from '../views/persons/ask-page.tsx';
import { GonePage } from '../views/persons/gone-page.tsx';
import { NamePage } from '../views/persons/name-page.tsx';
import { PersonPage } from '../views/persons/person-page.tsx';
import { entryWords } from '../views/persons/words.ts';

/** A type of person and an id, as the log takes them. */
const TYPE = /^[a-z][a-z0-9-]{0,31}$/;
const MOST_ID_BYTES = 256;

/** `/persons`: names a person and asks why; `/persons/:token`: who looked at them, or whom they looked at. */
export function personRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const guard = signedIn(services, 'person');
  app.get('/persons', guard, (c) => namePage(services, c));
  app.post('/persons', guard, (c) => namePerson(services, c));
  app.get('/persons/:token', guard, (c) => showPerson(services, c));
  app.post('/persons/:token', guard, (c) => giveReason(services, c));
  return app;
}

interface Wrong {
  readonly type: string;
  readonly as: Direction;
  readonly problem: string;
}

async function namePage(services: Services, c: Context<Env>, wrong?: Wrong): Promise<Response> {
  const { session } = c.get('viewer');
  const language = c.get('language');
  const grants = liveGrants(session, services.now());
  const { types, live } = await services.searching.use(async (searched) => {
    const { register } = searched.log;
    const words = entryWords(register, language);
    const time = zonedTime(register.timeZone);
    const listed = grants.map(async ({ token, as, until }) => {
      const person = await identityOf(searched, token);
      const shown = words.person(
        person === undefined ? { type: 'unknown', token } : { type: person.type, token },
      );
      return {
        token,
        as,
        who: pseudonymText(shown),
        until: time(new Date(until).toISOString()).slice(11, 16),
      };
    });
    const known = [...(register.persons ?? []), ...ACTOR_KINDS.slice(0, 3), 'operator'];
    return { types: [...new Set(known)], live: await Promise.all(listed) };
  });
  return respond(
    c,
    <NamePage {...{ c, services, types, live }} {...wrong} />,
    wrong === undefined ? 200 : 422,
  );
}

async function namePerson(services: Services, c: Context<Env>): Promise<Response> {
  const form = await readForm(c);
  const words = PEOPLE[c.get('language')];
  const [type, as] = [form.text('type').toLowerCase(), directionOf(form.text('as'))];
  const id = form.all('id')[0] ?? ''; // as it was typed: an id may begin with a space
  const reason = reasonOf(form);
  const isPerson =
    TYPE.test(type) && id !== '' && Buffer.byteLength(id) <= MOST_ID_BYTES && !id.includes('\0');
  if (reason === undefined || !isPerson)
    return namePage(services, c, { type, as, problem: isPerson ? words.reasonMissing : words.personMissing });
  const viewer = c.get('viewer');
  const person = { type, id: id.toWellFormed() };
  const known = await services.logs.use((log) =>
    Promise.resolve(log.vault.hasPerson(log.vault.personKey(type, person.id))),
  );
  // Whom the log knows nothing of gets no pseudonym in it by being asked for.
  await consult(services, viewer, {
    ...{ action: 'search', operation: 'viewer.person', fields: [as], reason },
    persons: known ? [person] : [],
  });
  if (!known) return namePage(services, c, { type, as, problem: words.nobody });
  const token = await services.logs.use((log) => Promise.resolve(tokenOf(log.vault, type, person.id)));
  addGrant(viewer.session, { token, as, reason }, services.now());
  return c.redirect(address(`/persons/${token}`, { as }), 303);
}

async function showPerson(services: Services, c: Context<Env>): Promise<Response> {
  const viewer = c.get('viewer');
  const form = addressForm(c);
  const token = tokenIn(c);
  const as = directionOf(form.text('as'));
  const granted = grantFor(viewer.session, { token, as }, services.now());
  if (granted === undefined) return askPage(services, c, form);
  const language = c.get('language');
  const [filter, before] = [filterOf(form), beforeOf(form)];
  const page = await services.searching.use(async (searched) => {
    const person = await identityOf(searched, token);
    if (person === undefined) return undefined;
    const view = await openPersonView(services, viewer, searched, { person, grant: granted, filter, before });
    const { register, vault } = searched.log;
    return {
      ...view,
      person: pseudonymOf(vault, person),
      activities: Object.keys(register.document.activities),
      entryWords: entryWords(register, language),
    };
  });
  if (page === undefined) return respond(c, <GonePage c={c} services={services} />, 404);
  const isLater = before !== undefined;
  return respond(c, <PersonPage {...{ c, services, grant: granted, filter, isLater }} {...page} />);
}

function askPage(services: Services, c: Context<Env>, form: Form, problem?: string): Promise<Response> {
  const token = tokenIn(c);
  const as = directionOf(form.text('as'));
  const fields = filterFields(filterOf(form));
  const status = problem === undefined ? 200 : 422;
  return respond(c, <AskPage {...{ c, services, token, as, fields, problem }} />, status);
}

async function giveReason(services: Services, c: Context<Env>): Promise<Response> {
  const viewer = c.get('viewer');
  const form = await readForm(c);
  const reason = reasonOf(form);
  if (reason === undefined) return askPage(services, c, form, PEOPLE[c.get('language')].reasonMissing);
  const token = tokenIn(c);
  const as = directionOf(form.text('as'));
  const person = await services.searching.use((searched) => identityOf(searched, token));
  await consult(services, viewer, {
    ...{ action: 'search', operation: 'viewer.person', fields: [as], reason },
    persons: person === undefined ? [] : [person],
  });
  if (person === undefined) return respond(c, <GonePage c={c} services={services} />, 404);
  addGrant(viewer.session, { token, as, reason }, services.now());
  return c.redirect(address(`/persons/${token}`, { as, ...filterFields(filterOf(form)) }), 303);
}

/** @throws HttpError `NOT_FOUND` for what is no token */
function tokenIn(c: Context<Env>): string {
  const token = c.req.param('token') ?? '';
  if (TOKEN.test(token)) return token;
  throw new HttpError('NOT_FOUND', 'no person has such a token');
}

function beforeOf(form: Form): number | undefined {
  const text = form.text('before');
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
