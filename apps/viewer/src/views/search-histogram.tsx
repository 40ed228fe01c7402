import { localTime } from '@zegel/reading';
import type { Histogram, Query } from '@zegel/search';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import { withTimes } from '../search/edit-query.ts';
import { drawBars, type DrawnBar, DRAWING } from '../search/histogram-bars.ts';
import { searchPath } from '../search/search-path.ts';
import { ASIDE } from '../texts/search-aside.ts';
import type { Html } from './html.ts';

/** A result over time. Each bar leads to its time; the same is there as a table, for whoever does not see the drawing. */
export function SearchHistogram(props: {
  readonly c: Context<Env>;
  readonly query: Query;
  readonly histogram: Histogram;
  readonly zone: string;
}): Html {
  const { c, query, histogram, zone } = props;
  const language = c.get('language');
  const words = ASIDE[language];
  const bars = drawBars(histogram, zone);
  const { step } = histogram;
  const [first, last] = [bars[0], bars.at(-1)];
  if (step === undefined || first === undefined || last === undefined) return <></>;
  const number = (n: number): string => n.toLocaleString(language);
  const said = bars.map((bar) => {
    const [from, to] = [localTimeOf(bar.from, zone), localTimeOf(bar.to, zone)];
    return { ...bar, from, to, href: searchPath(withTimes(query, bar.terms)), n: number(bar.count) };
  });
  return (
    <figure class="histogram">
      <figcaption>
        {words.histogram(words.units[step.unit](step.count))}
        <span class="soft"> · {words.most(number(Math.max(...bars.map(({ count }) => count))))}</span>
      </figcaption>
      <svg viewBox={`0 0 ${DRAWING.width} ${DRAWING.height}`} preserveAspectRatio="none" aria-hidden="true">
        {said.map(({ from, to, href, n, ...bar }) => (
          <a href={href} tabindex={-1}>
            <title>{words.bar(from, to, n)}</title>
            <Column bar={bar} />
          </a>
        ))}
      </svg>
      <p class="span soft" aria-hidden="true">
        <span>{localTimeOf(first.from, zone)}</span>
        <span>{localTimeOf(last.to, zone)}</span>
      </p>
      <details>
        <summary>{words.asTable}</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{words.from}</th>
                <th scope="col">{words.to}</th>
                <th scope="col" class="number">
                  {words.count}
                </th>
              </tr>
            </thead>
            <tbody>
              {said.map(({ from, to, href, n, count }) =>
                count === 0 ? (
                  <></>
                ) : (
                  <tr>
                    <td>
                      <a href={href}>{from}</a>
                    </td>
                    <td>{to}</td>
                    <td class="number">{n}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** A bar, and the room above it so that a low one can be hit. */
function Column({ bar }: { readonly bar: Pick<DrawnBar, 'x' | 'y' | 'width' | 'height'> }): Html {
  return (
    <>
      <rect class="room" x={bar.x} y={0} width={bar.width} height={DRAWING.height} />
      <rect class="bar" x={bar.x} y={bar.y} width={bar.width} height={bar.height} />
    </>
  );
}

function localTimeOf(ms: number, zone: string): string {
  return localTime(new Date(ms).toISOString(), zone).slice(0, 16);
}
