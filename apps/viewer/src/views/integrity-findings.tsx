import type { Notice } from '../checks/notice.ts';
import { FINDING_WORDS } from '../texts/finding-words.ts';
import type { Html } from './html.ts';
import type { IntegrityProps } from './integrity-view.ts';

/** What was found, each with what it means. */
export function Findings(props: IntegrityProps): Html {
  const { view, words, language } = props;
  const { findings, warnings, more } = view.details;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{words.findings}</h2>
      {findings.length === 0 ? (
        <p>{words.noFindings}</p>
      ) : (
        <Table {...props} notices={findings} level="failed" />
      )}
      {more > 0 && <p>{words.more(more.toLocaleString(language))}</p>}
      {warnings.length > 0 && (
        <details id="warnings">
          <summary>{words.warnings(warnings.length.toLocaleString(language))}</summary>
          <Table {...props} notices={warnings} level="warn" />
        </details>
      )}
    </section>
  );
}

function Table(
  props: IntegrityProps & { readonly notices: readonly Notice[]; readonly level: 'failed' | 'warn' },
): Html {
  const { words, language, notices, level } = props;
  return (
    <div class="scroll" role="group" aria-label={words.findings} tabindex={0}>
      <table class={`findings ${level}`}>
        <thead>
          <tr>
            <th scope="col">{words.entry}</th>
            <th scope="col">{words.means}</th>
            <th scope="col">{words.code}</th>
          </tr>
        </thead>
        <tbody>
          {notices.map(({ code, index, message }) => (
            <tr>
              <td>
                <span class={`badge ${level}`}>
                  {index === undefined ? (
                    words.log
                  ) : (
                    <a href={`/entries/${index}`}>{index.toLocaleString(language)}</a>
                  )}
                </span>
              </td>
              <td>{FINDING_WORDS[language][code]}</td>
              <td>
                <code>{code}</code>
                <br />
                <span class="soft" lang="en">
                  {message}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
