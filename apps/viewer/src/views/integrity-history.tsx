import { localTime } from '@zegel/reading';
import type { CheckRecord } from '../checks/integrity-state.ts';
import type { Html } from './html.ts';
import type { IntegrityProps } from './integrity-view.ts';

const BADGES = { good: 'verified', failed: 'failed', cancelled: 'pending', impossible: 'warn' } as const;

/** Every check that was done and is remembered. */
export function CheckHistory(props: IntegrityProps): Html {
  const { view, words } = props;
  if (view.history.length === 0) return <></>;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      <div class="scroll" role="group" aria-label={words.history} tabindex={0}>
        <table>
          <thead>
            <tr>
              {[words.when, words.kind, words.result, words.entries, words.found].map((name) => (
                <th scope="col" class={name === words.entries ? 'number' : ''}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.history.map((record) => (
              <Row {...props} record={record} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ view, words, language, record }: IntegrityProps & { readonly record: CheckRecord }): Html {
  const { at, kind, result, size, failures, asked, like, problem } = record;
  const codes = [...new Set(failures.map(({ code }) => code))];
  return (
    <tr>
      <td class="when">{localTime(at, view.zone)}</td>
      <td>
        {words.kinds[kind]}
        {asked === true && `, ${words.asked}`}
      </td>
      <td>
        <span class={`badge ${BADGES[result]}`}>{words.results[result]}</span>
        {like !== undefined && <span class="soft"> {words.like(like)}</span>}
      </td>
      <td class="number">{size.toLocaleString(language)}</td>
      <td>
        {codes.map((code) => (
          <code>{code} </code>
        ))}
        {problem !== undefined && codes.length === 0 && <code>{problem}</code>}
      </td>
    </tr>
  );
}
