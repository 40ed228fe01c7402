import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import { REVEAL } from '../../texts/reveal.ts';
import type { Html } from '../html.ts';
import { Csrf } from '../page.tsx';
import { ReasonField } from '../persons/reason-field.tsx';

/** Offers to show who an entry mentions: all of them, or those of one place (`actor`, `onBehalfOf`, `subject-0`). */
export function RevealForm(props: {
  readonly c: Context<Env>;
  readonly index: number;
  readonly place?: string | undefined;
}): Html {
  const { c, index, place } = props;
  const language = c.get('language');
  const words = REVEAL[language];
  return (
    <form class="reveal-form" method="post" action={`/entries/${index}/reveal`} autocomplete="off">
      <Csrf c={c} />
      {place !== undefined && <input type="hidden" name="who" value={place} />}
      <ReasonField language={language} id={`reveal-${index}`} hint={words.hint} />
      <button>{words.button}</button>
    </form>
  );
}
