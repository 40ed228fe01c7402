import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import type { ExportJob } from '../../export/jobs.ts';
import { EXPORTS } from '../../texts/exports.ts';
import type { Html } from '../html.ts';
import { Csrf } from '../page.tsx';

/** How an export stands: a fragment that asks for itself again while it is under way. Without JavaScript a link does. */
export function JobStatus({ c, job }: { readonly c: Context<Env>; readonly job: ExportJob }): Html {
  const language = c.get('language');
  const words = EXPORTS[language];
  const { id, state, written, read, order, entry, differs } = job;
  const isOpen = state === 'ready' || state === 'running';
  const number = (count: number): string => count.toLocaleString(language);
  const live = isOpen
    ? { 'hx-get': `/exports/${id}`, 'hx-trigger': 'every 1s', 'hx-swap': 'outerMorph' }
    : {};
  return (
    <section id="export" class="panel" {...live}>
      <p role="status">
        <strong>{words.states[state]}</strong> · {words.progress(number(written), number(order.total))}
      </p>
      <progress max={Math.max(1, order.total)} value={read} aria-label={words.state}></progress>
      {read > written && state === 'done' && <p class="soft">{words.leftOut(number(read - written))}</p>}
      {differs > 0 && <p class="notice bad">{words.differs(number(differs))}</p>}
      {entry !== undefined && (
        <p>
          <a href={`/entries/${entry}`}>{words.entry(entry)}</a>
        </p>
      )}
      {isOpen && (
        <div class="actions">
          {state === 'ready' && (
            <a class="button" id="download" href={`/exports/${id}/file`} download>
              {words.download}
            </a>
          )}
          <form method="post" action={`/exports/${id}/cancel`}>
            <Csrf c={c} />
            <button class="quiet" id="cancel">
              {words.cancel}
            </button>
          </form>
          <a href={`/exports/${id}`}>{words.refresh}</a>
        </div>
      )}
    </section>
  );
}
