import { MOST_REASON } from '../../people/form.ts';
import type { Language } from '../../http/preferences.ts';
import { PEOPLE } from '../../texts/people.ts';
import type { Html } from '../html.ts';

/** Asks why. `id` sets it apart where a page asks more than once. */
export function ReasonField(props: {
  readonly language: Language;
  readonly id: string;
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
}): Html {
  const { language, id, value = '', hint } = props;
  const words = PEOPLE[language];
  return (
    <div class="field">
      <label for={id}>{words.reason}</label>
      <textarea
        id={id}
        name="reason"
        required
        minlength={3}
        maxlength={MOST_REASON}
        aria-describedby={`${id}-hint`}
      >
        {value}
      </textarea>
      <span class="hint" id={`${id}-hint`}>
        {hint ?? words.reasonHint}
      </span>
    </div>
  );
}
