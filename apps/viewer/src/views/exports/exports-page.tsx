import type { ExportJob } from '../../export/jobs.ts';
import type { Services } from '../../services.ts';
import { EXPORTS } from '../../texts/exports.ts';
import type { Html } from '../html.ts';
import { Page } from '../page.tsx';
import { ExportForm, type ExportFormProps } from './export-form.tsx';

/** What the page of exports shows. */
export interface ExportsPageProps extends ExportFormProps {
  readonly services: Services;
  readonly jobs: readonly ExportJob[];
  readonly time: (text: unknown) => string;
  readonly problem?: string | undefined;
}

/** Orders an export, and lists those of this user. */
export function ExportsPage(props: ExportsPageProps): Html {
  const { c, services, jobs, problem, time, ...form } = props;
  const words = EXPORTS[c.get('language')];
  return (
    <Page c={c} services={services} title={words.title} section="exports">
      <h1>{words.title}</h1>
      <p>{words.intro}</p>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      <ExportForm c={c} {...form} />
      <h2>{words.mine}</h2>
      {jobs.length === 0 ? <p class="soft">{words.none}</p> : <Jobs jobs={jobs} c={c} time={time} />}
    </Page>
  );
}

function Jobs({ c, jobs, time }: Pick<ExportsPageProps, 'c' | 'jobs' | 'time'>): Html {
  const language = c.get('language');
  const words = EXPORTS[language];
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.ordered}</th>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.inLog}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map(({ id, ordered, order, state, written, entry }) => (
            <tr>
              <td>
                <a href={`/exports/${id}`}>{time(new Date(ordered).toISOString())}</a>
              </td>
              <td>
                {order.format.toUpperCase()} <span class="mono">{order.query}</span>
              </td>
              <td>
                {words.states[state]} ·{' '}
                {words.progress(written.toLocaleString(language), order.total.toLocaleString(language))}
              </td>
              <td>{entry !== undefined && <a href={`/entries/${entry}`}>{entry}</a>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
