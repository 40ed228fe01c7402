import { localTime, plainText } from '@zegel/reading';
import type { Context } from 'hono';
import type { EntryState } from '../checks/checks.ts';
import { entryFacts } from '../entries/entry-facts.ts';
import { entrySentence, type Telling } from '../entries/entry-sentence.ts';
import type { OpenedEntry } from '../entries/open-entry.ts';
import type { Env } from '../env.ts';
import type { Services } from '../services.ts';
import { ENTRY } from '../texts/entry.ts';
import { Facts } from './entry-facts.tsx';
import { EntryProof } from './entry-proof.tsx';
import { EntryRelated } from './entry-related.tsx';
import type { Html } from './html.ts';
import { Page } from './page.tsx';
import { EntryActions } from './people/entry-actions.tsx';

/** What the views of an entry are made with. */
export interface EntryProps {
  readonly c: Context<Env>;
  readonly opened: OpenedEntry;
  /** What the last check of the whole log says of it. */
  readonly state: EntryState;
}

/** The browser module that proves an entry; a page with a drawer for entries needs it too. */
const ENTRY_SCRIPT = 'verify-page';

/** An entry as a page of its own. */
export function EntryPage(props: EntryProps & { readonly services: Services }): Html {
  const { c, services, opened } = props;
  const title = ENTRY[c.get('language')].title(String(opened.index));
  return (
    <Page c={c} services={services} title={title} section="search" scripts={[ENTRY_SCRIPT]}>
      <EntryArticle {...props} isPage />
    </Page>
  );
}

/** An entry: as the content of its page, and in a drawer. */
export function EntryArticle({
  c,
  opened,
  state,
  isPage = false,
}: EntryProps & { readonly isPage?: boolean }): Html {
  const language = c.get('language');
  const words = ENTRY[language];
  const { register, timeZone, index } = opened;
  const telling: Telling = { register, timeZone, language };
  const title = words.title(index.toLocaleString(language));
  return (
    <article class="entry" aria-label={title} data-entry={String(index)}>
      <header class="entry-head">
        {isPage ? (
          <h1>{title}</h1>
        ) : (
          <h2>
            <a class="permanent" href={`/entries/${index}`}>
              {title}
            </a>
          </h2>
        )}
        <Neighbours opened={opened} words={words} />
        {!isPage && (
          <form method="dialog" class="entry-close">
            <button class="quiet">{words.close}</button>
          </form>
        )}
      </header>
      {opened.object === undefined ? (
        <Gone opened={opened} telling={telling} />
      ) : (
        <p class="entry-sentence">{entrySentence(opened.object, telling)}</p>
      )}
      <p class="entry-check soft">
        {words.lastCheck}: <span class={`badge ${state}`}>{words.checked[state]}</span>
      </p>
      <EntryProof c={c} opened={opened} />
      {opened.object && (
        <section>
          <h2>{words.says}</h2>
          <dl class="facts">
            {entryFacts(opened.object, telling).map((row) => (
              <>
                <dt>{row.label}</dt>
                <dd data-key={row.key}>
                  <Facts facts={row.facts} telling={telling} />
                </dd>
              </>
            ))}
          </dl>
          {opened.object['sealed'] !== undefined && <p class="soft">{words.sealedNote}</p>}
        </section>
      )}
      <RegisterInForce telling={telling} />
      <EntryActions c={c} index={index} hasPersons={hasPersons(opened)} />
      <EntryRelated opened={opened} telling={telling} />
      <Bytes opened={opened} words={words} />
    </article>
  );
}

/** Whether it mentions anybody at all. */
function hasPersons({ object }: OpenedEntry): boolean {
  return object?.['actor'] !== undefined || object?.['subjects'] !== undefined;
}

type Words = (typeof ENTRY)['en'];

function Neighbours({ opened, words }: { readonly opened: OpenedEntry; readonly words: Words }): Html {
  const { index, size } = opened;
  return (
    <nav class="entry-neighbours" aria-label={words.neighbours}>
      {index > 0 && (
        <a class="button quiet" rel="prev" href={`/entries/${index - 1}`}>
          ← {words.previous}
        </a>
      )}
      {index + 1 < size && (
        <a class="button quiet" rel="next" href={`/entries/${index + 1}`}>
          {words.next} →
        </a>
      )}
    </nav>
  );
}

function RegisterInForce({ telling }: { readonly telling: Telling }): Html {
  const { register, language } = telling;
  const words = ENTRY[language];
  return (
    <p class="soft">
      {words.register}:{' '}
      {register === undefined ? (
        words.registerUnknown
      ) : (
        <a href={`/entries/${register.index}`}>{words.version(register.version, register.date)}</a>
      )}
    </p>
  );
}

/** A body that is not there: pruned by an entry of the log, or missing. */
function Gone({ opened, telling }: { readonly opened: OpenedEntry; readonly telling: Telling }): Html {
  const words = ENTRY[telling.language];
  const { cover, stored } = opened;
  if (stored.bytes !== undefined) return <p class="notice bad">{words.damaged}</p>;
  if (cover === undefined) return <p class="notice bad">{words.missing}</p>;
  const { rule, activity, cutoff } = cover.body;
  return (
    <div class="notice warn">
      <p>{words.pruned}</p>
      <p>
        {words.prunedBy}: <a href={`/entries/${cover.index}`}>{String(cover.index)}</a> (
        {words.prunedRule(plainText(rule), plainText(activity), localTime(cutoff, telling.timeZone))})
      </p>
    </div>
  );
}

function Bytes({ opened, words }: { readonly opened: OpenedEntry; readonly words: Words }): Html {
  const { bytes } = opened.stored;
  if (bytes === undefined) return <></>;
  return (
    <details class="entry-bytes">
      <summary>{words.bytes}</summary>
      <p class="soft">{words.bytesNote}</p>
      <pre tabindex={0}>{Buffer.from(bytes).toString()}</pre>
      <p>
        <a class="button quiet" href={`/entries/${opened.index}/raw`} download={`${opened.index}.entry`}>
          {words.download}
        </a>
      </p>
    </details>
  );
}
