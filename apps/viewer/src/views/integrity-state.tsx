import { localTime } from '@zegel/reading';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import type { Services } from '../services.ts';
import { COMMON } from '../texts/common.ts';
import type { Html } from './html.ts';

/** What the checks say, on every page: quiet while all is well, a bar that nobody can overlook when it is not. */
export function IntegrityState({
  c,
  services,
}: {
  readonly c: Context<Env>;
  readonly services: Services;
}): Html {
  const language = c.get('language');
  const words = COMMON[language];
  const { status, checked, size } = services.checks.state;
  if (status === 'failed')
    return (
      <p class="integrity failed" role="alert">
        <strong>{words.failed}</strong> <a href="/integrity">{words.failedMore}</a>
      </p>
    );
  if (status === 'unchecked' && services.integrity.details.problem !== undefined)
    return (
      <p class="integrity impossible" role="alert">
        <strong>{words.impossible}</strong> <a href="/integrity">{words.failedMore}</a>
      </p>
    );
  const time = checked === undefined ? '' : localTime(new Date(checked).toISOString(), 'Europe/Amsterdam');
  return (
    <p class={`integrity ${status}`}>
      <a href="/integrity">
        {status === 'good' ? words.good(size.toLocaleString(language), time) : words.unchecked}
      </a>
    </p>
  );
}
