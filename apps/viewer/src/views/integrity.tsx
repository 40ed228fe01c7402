import type { Context } from 'hono';
import type { Env } from '../env.ts';
import type { Services } from '../services.ts';
import { INTEGRITY } from '../texts/integrity.ts';
import type { Html } from './html.ts';
import { Checkpoints } from './integrity-checkpoints.tsx';
import { Findings } from './integrity-findings.tsx';
import { CheckHistory } from './integrity-history.tsx';
import { Gaps, Pruned } from './integrity-missing.tsx';
import { Status } from './integrity-status.tsx';
import { Strip } from './integrity-strip.tsx';
import type { IntegrityView } from './integrity-view.ts';
import { Page } from './page.tsx';

/** All that is known of the log's integrity. */
export function IntegrityPage(props: {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly view: IntegrityView;
}): Html {
  const { c, services, view } = props;
  const words = INTEGRITY[c.get('language')];
  return (
    <Page c={c} services={services} title={words.title} section="integrity" scripts={['integrity']}>
      <h1>{words.title}</h1>
      <div id="integrity-live" data-events="/integrity/events">
        <IntegrityLive c={c} view={view} />
      </div>
    </Page>
  );
}

/** The part that follows the checks. */
export function IntegrityLive({ c, view }: { readonly c: Context<Env>; readonly view: IntegrityView }): Html {
  const language = c.get('language');
  const props = { c, view, language, words: INTEGRITY[language] };
  return (
    <>
      <Status {...props} />
      <Findings {...props} />
      <Strip {...props} />
      <Pruned {...props} />
      <Gaps {...props} />
      <Checkpoints {...props} />
      <CheckHistory {...props} />
    </>
  );
}
