import { localTime } from '@zegel/reading';
import type { Html } from './html.ts';
import type { IntegrityProps } from './integrity-view.ts';

/** Rows shown of each; the log has them all. */
const MOST = 100;

/** Bodies that went by the rules: never red. */
export function Pruned({ view, words, language }: IntegrityProps): Html {
  const { pruned, prunedBodies } = view.details;
  return (
    <section aria-labelledby="pruned">
      <h2 id="pruned">{words.pruned}</h2>
      {pruned.length === 0 ? (
        <p>{words.noPruned}</p>
      ) : (
        <>
          <p>{words.prunedAbout(prunedBodies.toLocaleString(language))}</p>
          <div class="scroll" role="group" aria-label={words.pruned} tabindex={0}>
            <table>
              <thead>
                <tr>
                  {[words.entries, words.activity, words.rule, words.by, words.when].map((name) => (
                    <th scope="col">{name}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {pruned.slice(0, MOST).map(({ first, last, by, activity, rule, recorded }) => (
                  <tr>
                    <td>
                      <span class="badge pruned">
                        {first.toLocaleString(language)}–{last.toLocaleString(language)}
                      </span>
                    </td>
                    <td>{activity}</td>
                    <td>{rule}</td>
                    <td>
                      <a href={`/entries/${by}`}>{by.toLocaleString(language)}</a>
                    </td>
                    <td class="when">{localTime(recorded, view.zone)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

/** Accesses that were counted and not each recorded. */
export function Gaps({ view, words, language }: IntegrityProps): Html {
  const { gaps } = view.details;
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps">{words.gaps}</h2>
      {gaps.length === 0 ? (
        <p>{words.noGaps}</p>
      ) : (
        <>
          <p>{words.gapsAbout}</p>
          <div class="scroll" role="group" aria-label={words.gaps} tabindex={0}>
            <table>
              <thead>
                <tr>
                  {[words.entry, words.service, words.activity, words.count, words.from, words.to].map(
                    (name) => (
                      <th scope="col">{name}</th>
                    ),
                  )}
                </tr>
              </thead>
              <tbody>
                {gaps.slice(0, MOST).map(({ index, service, activity, count, from, to }) => (
                  <tr>
                    <td>
                      <span class="badge gap">
                        <a href={`/entries/${index}`}>{index.toLocaleString(language)}</a>
                      </span>
                    </td>
                    <td>{service}</td>
                    <td>{activity}</td>
                    <td>{count.toLocaleString(language)}</td>
                    <td class="when">{localTime(from, view.zone)}</td>
                    <td class="when">{localTime(to, view.zone)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
