import { zonedTime } from '@zegel/reading';
import { type Context, Hono } from 'hono';
import type { Env } from '../env.ts';
import { cancelJob, type ExportJob, ExportJobs, MOST_RUNNING } from '../export/jobs.ts';
import { type ExportOrder, type OrderProblem, readOrder, sourceOf } from '../export/order.ts';
import { streamJob } from '../export/stream-job.ts';
import { HttpError } from '../http/http-error.ts';
import { isFragment, respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import { addressForm, type Form, readForm } from '../people/form.ts';
import { grantFor } from '../people/grants.ts';
import { identityOf } from '../people/identity.ts';
import { filterFields, filterOf } from '../people/person-query.ts';
import type { Services } from '../services.ts';
import { EXPORTS } from '../texts/exports.ts';
import { ExportsPage } from '../views/exports/exports-page.tsx';
import { JobPage } from '../views/exports/job-page.tsx';
import { JobStatus } from '../views/exports/job-state.tsx';
import { entryWords } from '../views/persons/words.ts';

/** `/exports`: orders an export of a query or a person's view; `/exports/:id`: its state; `…/file` and `…/cancel`. */
export function exportRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const guard = signedIn(services, 'export');
  const jobs = new ExportJobs();
  const jobOf = (c: Context<Env>): ExportJob => {
    const job = jobs.find(c.req.param('id') ?? '', c.get('viewer').name);
    if (job === undefined) throw new HttpError('NOT_FOUND', 'there is no such export of yours');
    return job;
  };
  app.get('/exports', guard, (c) => exportsPage(services, jobs, c, addressForm(c)));
  app.post('/exports', guard, (c) => order(services, jobs, c));
  app.get('/exports/:id', guard, (c) => {
    const job = jobOf(c);
    return respond(c, isFragment(c) ? <JobStatus c={c} job={job} /> : <JobPage {...{ c, services, job }} />);
  });
  app.post('/exports/:id/cancel', guard, (c) => {
    const job = jobOf(c);
    cancelJob(job);
    return c.redirect(`/exports/${job.id}`, 303);
  });
  app.get('/exports/:id/file', guard, (c) => file(services, jobs, c, jobOf(c)));
  return app;
}

async function exportsPage(
  services: Services,
  jobs: ExportJobs,
  c: Context<Env>,
  form: Form,
  problem?: string,
): Promise<Response> {
  const { name, session } = c.get('viewer');
  const source = sourceOf(form);
  const filter = filterFields(filterOf(form));
  const { view, time } = await services.searching.use(async (searched) => {
    const clock = zonedTime(searched.log.register.timeZone);
    if (source.view === undefined) return { view: undefined, time: clock };
    const { token, direction } = source.view;
    const type = (await identityOf(searched, token))?.type ?? 'unknown';
    const person = entryWords(searched.log.register, c.get('language')).person({ type, token });
    return { view: { person, direction, fields: { ...filter, person: token, as: direction } }, time: clock };
  });
  const granted =
    source.view && grantFor(session, { token: source.view.token, as: source.view.direction }, services.now());
  const reason = form.text('reason') || (granted?.reason ?? '');
  return respond(
    c,
    <ExportsPage
      {...{ c, services, view, time, problem, reason, jobs: jobs.of(name) }}
      query={source.view === undefined ? source.query : ''}
    />,
    problem === undefined ? 200 : 422,
  );
}

async function order(services: Services, jobs: ExportJobs, c: Context<Env>): Promise<Response> {
  const form = await readForm(c);
  const read = await services.searching.use((searched) => readOrder(searched, form));
  if (isProblem(read)) {
    const told = EXPORTS[c.get('language')].problems[read.kind];
    return exportsPage(services, jobs, c, form, read.kind === 'query' ? `${told} ${read.message}` : told);
  }
  const job = jobs.add(c.get('viewer').name, read, services.now());
  return c.redirect(`/exports/${job.id}`, 303);
}

function isProblem(read: ExportOrder | OrderProblem): read is OrderProblem {
  return 'kind' in read;
}

async function file(
  services: Services,
  jobs: ExportJobs,
  c: Context<Env>,
  job: ExportJob,
): Promise<Response> {
  const viewer = c.get('viewer');
  const words = EXPORTS[c.get('language')];
  if (job.state !== 'ready')
    return respond(c, <JobPage {...{ c, services, job, problem: words.once }} />, 409);
  if (c.req.method === 'HEAD') return c.body(null); // to ask about a file is not to fetch it
  const running = jobs.of(viewer.name).filter(({ state }) => state === 'running').length;
  if (running >= MOST_RUNNING)
    return respond(c, <JobPage {...{ c, services, job, problem: words.busy }} />, 429);
  const { body, type } = await streamJob(services, viewer, job);
  const day = new Date(services.now()).toISOString().slice(0, 10);
  return c.body(body, 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="zegel-${day}-${job.id.slice(0, 6)}.${job.order.format}"`,
    'cache-control': 'no-store',
  });
}
