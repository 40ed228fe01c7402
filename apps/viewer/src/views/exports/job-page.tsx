import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import type { ExportJob } from '../../export/jobs.ts';
import type { Services } from '../../services.ts';
import { EXPORTS } from '../../texts/exports.ts';
import type { Html } from '../html.ts';
import { Page } from '../page.tsx';
import { JobStatus } from './job-state.tsx';

/** One export: fetch it, watch it, stop it. */
export function JobPage(props: {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly job: ExportJob;
  readonly problem?: string | undefined;
}): Html {
  const { c, services, job, problem } = props;
  const words = EXPORTS[c.get('language')];
  return (
    <Page c={c} services={services} title={words.ready} section="exports">
      <h1>{words.ready}</h1>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      <p>{words.readyHint}</p>
      <p class="soft">
        {job.order.format.toUpperCase()} <span class="mono">{job.order.query}</span>
      </p>
      <JobStatus c={c} job={job} />
      <p>
        <a href="/exports">{words.again}</a>
      </p>
    </Page>
  );
}
