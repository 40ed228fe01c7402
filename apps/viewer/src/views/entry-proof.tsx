import type { Context } from 'hono';
import type { OpenedEntry } from '../entries/open-entry.ts';
import type { Env } from '../env.ts';
import { PROOF, type ProofTexts } from '../texts/entry-proof.ts';
import type { Html } from './html.ts';

/**
 * The proof of an entry. What is needed to check it stands in the page, `browser/verify-page.ts` checks it and fills the
 * steps in; without JavaScript the command beside it does the same.
 */
export function EntryProof({ c, opened }: { readonly c: Context<Env>; readonly opened: OpenedEntry }): Html {
  const words = PROOF[c.get('language')];
  const { evidence } = opened;
  return (
    <section class="proof" data-evidence={JSON.stringify(evidence)}>
      <h2>
        {words.title} <Badge words={words} />
      </h2>
      <p class="soft">{words.about}</p>
      <noscript>
        <p class="notice warn">{words.noScript}</p>
      </noscript>
      <p class="notice warn" data-no-crypto hidden>
        {words.noCrypto}
      </p>
      <ol class="proof-steps" data-steps hidden></ol>
      <template data-step>
        <li>
          <span class="proof-result"></span> <span class="proof-what"></span> <span class="proof-why"></span>
          <dl class="proof-compared"></dl>
        </li>
      </template>
      <template data-words>
        <Words group="states" table={words.states} />
        <Words group="steps" table={words.steps} />
        <Words group="results" table={words.results} />
        <Words group="reasons" table={words.reasons} />
        <Words group="compared" table={words.compared} />
      </template>
      <Offline opened={opened} words={words} />
    </section>
  );
}

function Badge({ words }: { readonly words: ProofTexts }): Html {
  return (
    <span class="badge pending" role="status" data-badge>
      {words.states['waiting']}
    </span>
  );
}

/** Words that the browser module picks from; nothing of it is shown by itself. */
function Words({
  group,
  table,
}: {
  readonly group: string;
  readonly table: Readonly<Record<string, string>>;
}): Html {
  return (
    <>
      {Object.entries(table).map(([key, text]) => (
        <span data-word={`${group}.${key}`}>{text}</span>
      ))}
    </>
  );
}

function Offline({ opened, words }: { readonly opened: OpenedEntry; readonly words: ProofTexts }): Html {
  const { index, evidence, stored } = opened;
  const vkey = evidence.rotations.at(-1)?.vkey ?? evidence.vkey;
  // Names of logs have no quote and no space (format v1 §2), but a shell is not to depend on that.
  const command = `zegel verify-proof ${index}.tlog-proof --entry ${index}.entry --vkey '${vkey.replaceAll("'", '')}'`;
  return (
    <details class="proof-offline">
      <summary>{words.offline}</summary>
      <p class="actions">
        {evidence.proof !== undefined && (
          <a class="button quiet" href={`/entries/${index}/proof`} download={`${index}.tlog-proof`}>
            {words.proofFile}
          </a>
        )}
        {stored.bytes !== undefined && (
          <a class="button quiet" href={`/entries/${index}/raw`} download={`${index}.entry`}>
            {words.entryFile}
          </a>
        )}
      </p>
      {stored.bytes !== undefined && (
        <>
          <p>{words.offlineNote}</p>
          <pre tabindex={0} data-command>
            {command}
          </pre>
          <button type="button" class="quiet" data-copy data-copied={words.copied} hidden>
            {words.copy}
          </button>
        </>
      )}
      <p>
        {words.keyNote} <code>{vkey}</code>
      </p>
    </details>
  );
}
