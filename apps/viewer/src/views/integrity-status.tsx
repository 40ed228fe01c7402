import { localTime } from '@zegel/reading';
import type { CheckRecord, Progress } from '../checks/integrity-state.ts';
import type { Html } from './html.ts';
import type { IntegrityProps } from './integrity-view.ts';
import { Csrf } from './page.tsx';

const SECOND = 1000;

/** How the log stands, what it was compared with, and the button that has everything checked. */
export function Status(props: IntegrityProps): Html {
  const { view, words } = props;
  const { status, since, problem, lastFull } = view.details;
  const mended = status === 'failed' && lastFull?.result === 'good' && Date.parse(lastFull.at) > since;
  return (
    <section class={`standing ${status}`} aria-labelledby="standing">
      <h2 id="standing">
        <Sign status={status} />
        {words.status[status]}
      </h2>
      <p>
        {words.about[status]}{' '}
        <span class="soft">
          ({words.since} {timeOf(props, since)})
        </span>
      </p>
      {mended && <p class="notice warn">{words.mended}</p>}
      {problem !== undefined && (
        <p class="notice warn">
          {words.impossible} <code>{problem}</code>
        </p>
      )}
      <Facts {...props} />
      <Verify {...props} />
    </section>
  );
}

/** A shape of its own for each state: none of them depends on its colour. */
function Sign({ status }: { readonly status: 'good' | 'failed' | 'unchecked' }): Html {
  const shapes = {
    good: 'M12 1a11 11 0 1 0 0 22a11 11 0 0 0 0-22M6 12l4 5l8-9',
    failed: 'M7 1h10l6 6v10l-6 6h-10l-6-6v-10zM8 8l8 8M16 8l-8 8',
    unchecked: 'M12 2l11 20h-22zM12 9v6M12 18v1.5',
  };
  return (
    <svg class="sign" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <path d={shapes[status]} />
    </svg>
  );
}

function Facts(props: IntegrityProps): Html {
  const { view, words, language } = props;
  const { size, root, lastFull, lastIncremental, bodies } = view.details;
  const number = (n: number): string => n.toLocaleString(language);
  const newest =
    lastIncremental !== undefined && (lastFull === undefined || lastIncremental.at > lastFull.at);
  return (
    <dl class="facts">
      <dt>{words.entries}</dt>
      <dd>{words.checkedEntries(number(size), number(Math.max(0, view.size - size)))}</dd>
      <dt>{words.root}</dt>
      <dd class="mono">{root === '' ? '–' : root}</dd>
      <dt>{words.comparedWith}</dt>
      <dd>
        <Compared {...props} />
      </dd>
      <dt>{words.lastFull}</dt>
      <dd>{checkText(props, lastFull)}</dd>
      <dt>{words.lastRound}</dt>
      <dd>{checkText(props, lastIncremental)}</dd>
      <dt>{words.bodies}</dt>
      <dd>
        {bodies.allSince === undefined ? words.never : words.bodiesSince(timeOf(props, bodies.allSince))}
        {bodies.next > 0 && `; ${words.bodiesNext(number(bodies.next))}`}
      </dd>
      <dt>{words.vault}</dt>
      <dd>{words.sides[(newest ? lastIncremental : lastFull)?.vault ?? 'skipped']}</dd>
      <dt>{words.index}</dt>
      <dd>{words.sides[(newest ? lastIncremental : lastFull)?.index ?? 'skipped']}</dd>
    </dl>
  );
}

function Compared(props: IntegrityProps): Html {
  const { view, words, language } = props;
  const { vkey, given, remembered, since } = view.details.compared;
  if (vkey === 'none' && given.length === 0) return <strong>{words.selfAsserted}</strong>;
  return (
    <ul class="plain">
      {remembered !== undefined && since !== undefined && (
        <li>{words.rememberedHead(remembered.toLocaleString(language), localTime(since, view.zone))}</li>
      )}
      <li>{vkey === 'given' ? words.keyGiven : words.keyRemembered}</li>
      {given.map((from) => (
        <li>{words.givenCheckpoint(from)}</li>
      ))}
    </ul>
  );
}

function Verify(props: IntegrityProps): Html {
  const { c, view, words } = props;
  const { progress } = view.details;
  const full = progress?.kind === 'full';
  return (
    <div class="actions">
      {progress !== undefined && <Running {...props} progress={progress} />}
      {view.mayVerify && (
        <form method="post" action={full ? '/integrity/stop' : '/integrity/verify'}>
          <Csrf c={c} />
          <button id="verify" class={full ? 'quiet' : ''}>
            {full ? words.stop : words.verify}
          </button>
        </form>
      )}
      <a class="button quiet" href="/integrity">
        {words.reload}
      </a>
      {view.mayVerify && !full && <span class="soft">{words.verifyHint}</span>}
    </div>
  );
}

function Running({ words, language, progress }: IntegrityProps & { readonly progress: Progress }): Html {
  const { kind, stage, done, total } = progress;
  return (
    <div class="running" role="status">
      <label for="progress">{words.running[kind]}</label>
      <progress id="progress" max={Math.max(total, 1)} value={done}></progress>
      <span id="progress-text">
        {words.stages[stage]} {done.toLocaleString(language)} / {total.toLocaleString(language)}
      </span>
    </div>
  );
}

function checkText(props: IntegrityProps, record: CheckRecord | undefined): string {
  const { words, view, language } = props;
  if (record === undefined) return words.never;
  const seconds = (record.took / SECOND).toLocaleString(language, { maximumFractionDigits: 1 });
  return `${localTime(record.at, view.zone)}, ${words.results[record.result]}, ${words.took(seconds)}`;
}

function timeOf({ view }: IntegrityProps, ms: number): string {
  return localTime(new Date(ms).toISOString(), view.zone);
}
