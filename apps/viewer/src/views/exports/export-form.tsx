import type { Context } from 'hono';
import type { Env } from '../../env.ts';
import { EXPORT_FORMATS } from '../../export/rows.ts';
import type { Direction } from '../../export/person-rows.ts';
import { EXPORTS } from '../../texts/exports.ts';
import type { Html } from '../html.ts';
import { Csrf } from '../page.tsx';
import { pseudonymText, type Pseudonym } from '../person.tsx';
import { ReasonField } from '../persons/reason-field.tsx';

/** What an export is to be made of. */
export interface ExportFormProps {
  readonly c: Context<Env>;
  readonly query: string;
  /** A person's view instead of a query, with the fields that say so again. */
  readonly view:
    | {
        readonly person: Pseudonym;
        readonly direction: Direction;
        readonly fields: Readonly<Record<string, string>>;
      }
    | undefined;
  readonly reason: string;
}

/** Asks in which form, and why. */
export function ExportForm({ c, query, view, reason }: ExportFormProps): Html {
  const language = c.get('language');
  const words = EXPORTS[language];
  const formats = view === undefined ? words.formats : words.personFormats;
  return (
    <form class="panel export-form" method="post" action="/exports" autocomplete="off">
      <Csrf c={c} />
      {view === undefined ? <QueryField c={c} query={query} /> : <ViewFields c={c} view={view} />}
      <fieldset class="choice">
        <legend>{words.format}</legend>
        {EXPORT_FORMATS.map((format) => (
          <label>
            <input type="radio" name="format" value={format} checked={format === 'csv'} /> {formats[format]}
          </label>
        ))}
        <label>
          <input type="checkbox" name="bom" value="on" /> {words.bom}
        </label>
        {view !== undefined && (
          <label>
            <input type="checkbox" name="confidential" value="on" /> {words.confidential}
          </label>
        )}
      </fieldset>
      <ReasonField language={language} id="reason" hint={words.reasonHint} value={reason} />
      <button>{words.order}</button>
    </form>
  );
}

function QueryField({ c, query }: Pick<ExportFormProps, 'c' | 'query'>): Html {
  const words = EXPORTS[c.get('language')];
  return (
    <div class="field">
      <label for="q">{words.query}</label>
      <input
        id="q"
        name="q"
        value={query}
        maxlength={8192}
        spellcheck={false}
        aria-describedby="q-hint"
        class="mono"
      />
      <span class="hint" id="q-hint">
        {words.queryHint}
      </span>
    </div>
  );
}

function ViewFields({
  c,
  view,
}: {
  readonly c: Context<Env>;
  readonly view: NonNullable<ExportFormProps['view']>;
}): Html {
  const words = EXPORTS[c.get('language')];
  return (
    <>
      {Object.entries(view.fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <p>
        <strong>{words.ofPerson[view.direction](pseudonymText(view.person))}</strong>
        <br />
        <span class="soft">{words.personHint}</span>
      </p>
    </>
  );
}
