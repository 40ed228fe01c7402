import type { Person } from '@zegel/reading';
import { consult } from '../consult/consult.ts';
import type { Viewer } from '../env.ts';
import type { Searched } from '../logs/searching.ts';
import type { Services } from '../services.ts';
import { disclosedEntries } from './disclosed.ts';
import { cancelJob, type ExportJob, ExportStopped } from './jobs.ts';
import { personLines, personTable, queryLines, queryTable, type RowMaker } from './rows.ts';
import { runExport } from './run-export.ts';

/** A file that is being made. */
export interface JobStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly type: string;
}

/**
 * Makes the file of a job while it is read, no faster. Resolves when the entry of the export is durable; before that nothing
 * leaves. When the reader goes away, or the job is stopped or fails, a second entry `of` the first says so.
 *
 * @throws what the log and the index throw before the first byte
 */
export async function streamJob(services: Services, viewer: Viewer, job: ExportJob): Promise<JobStream> {
  job.state = 'running';
  // Nothing is read ahead: the next piece is made when this one has left.
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 1 });
  const writer = writable.getWriter();
  writer.closed.catch(() => cancelJob(job)); // the reader went away
  const signal = AbortSignal.any([job.controller.signal, ...(services.stopping ? [services.stopping] : [])]);
  // A piece that waits to leave waits no longer, and what left is not taken for the whole file.
  signal.addEventListener('abort', () => void writer.abort(signal.reason).catch(() => undefined));
  const begun = Promise.withResolvers<string>();
  const pumped = services.searching.use(async (searched) => {
    const rows = await rowsOf(searched, job);
    const permit = permission(services, viewer, job, () => begun.resolve(rows.type));
    const { index } = searched;
    const { query, below } = job.order;
    const run = runExport({
      ...{ index, plan: index.plan(query), below, rows, permit, signal },
      onProgress: (progress) => Object.assign(job, progress),
      onFinding: () => void job.differs++,
    });
    for await (const bytes of run) await writer.write(bytes);
    await writer.close();
  });
  void pumped.then(
    () => ended(services, job),
    async (error: unknown) => {
      await stopped(services, viewer, job, signal.aborted ? new ExportStopped() : error);
      begun.reject(error);
      await writer.abort(error).catch(() => undefined); // the reader went first
    },
  );
  return { type: await begun.promise, body: readable };
}

/** Makes durable who is shown, each piece before it leaves; the first time also that there is an export, and why. */
function permission(
  services: Services,
  viewer: Viewer,
  job: ExportJob,
  onBegun: () => void,
): (persons: readonly Person[]) => Promise<void> {
  const { about, view, fields, reason } = job.order;
  let named = new Set<string>();
  const more = { action: 'export', operation: 'viewer.export', outcome: 'begun' } as const;
  return async (persons) => {
    const all =
      job.entry === undefined
        ? [...about, ...(view === undefined ? [] : [view.person]), ...persons]
        : persons;
    const fresh = all.filter(({ type, id }) => !named.has(`${type}:${id}`));
    if (job.entry === undefined) {
      job.entry = await consult(services, viewer, { ...more, persons: fresh, fields, reason });
      onBegun();
    } else if (fresh.length > 0)
      await consult(services, viewer, { ...more, persons: fresh, fields, of: job.entry });
    if (named.size > MOST_NAMED) named = new Set();
    for (const { type, id } of fresh) named.add(`${type}:${id}`);
  };
}

/** Persons remembered as named; to name one again is no harm. */
const MOST_NAMED = 50_000;

async function rowsOf(searched: Searched, { order }: ExportJob): Promise<RowMaker> {
  const { log } = searched;
  const { view, format, bom, confidential } = order;
  const options = { timeZone: log.register.timeZone, bom };
  if (view === undefined) return format === 'csv' ? queryTable(log, options) : queryLines();
  const disclosed = confidential ? (): boolean => true : await disclosedEntries(searched);
  const asked = { person: view.person, direction: view.direction, disclosed };
  return format === 'csv' ? personTable(log, asked, options) : personLines(log, asked, options);
}

function ended(services: Services, job: ExportJob): void {
  job.state = 'done';
  if (job.differs > 0)
    services.onProblem(
      `EXPORT_DIFFERS: the index names ${job.differs} entries that the log does not bear out`,
    );
}

/** Says in the log that the file is not whole; after that the job is over. */
async function stopped(services: Services, viewer: Viewer, job: ExportJob, error: unknown): Promise<void> {
  const state = error instanceof ExportStopped ? 'cancelled' : 'failed';
  const why = error instanceof Error ? error.message : String(error);
  if (state === 'failed') services.onProblem(`EXPORT_FAILED: ${why}`);
  const { fields } = job.order;
  const told = { action: 'export', operation: 'viewer.export', outcome: 'error', persons: [] } as const;
  if (job.entry !== undefined)
    await consult(services, viewer, { ...told, fields, of: job.entry }).catch(() =>
      services.onProblem('EXPORT_UNFINISHED: that an export ended early could not be recorded'),
    );
  job.state = state;
}
