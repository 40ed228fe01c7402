import type { Html } from './html.ts';
import type { IntegrityProps } from './integrity-view.ts';

const WIDTH = 1000;
const HEIGHT = 28;
/** So that a single entry among millions can be seen. */
const LEAST = 3;

/** The log as one strip: what was found good, what went lawfully, what is wrong; each with a pattern of its own. */
export function Strip({ view, words, language }: IntegrityProps): Html {
  const { details, size } = view;
  const x = (index: number): number => Math.round((Math.min(index, size) / Math.max(size, 1)) * WIDTH);
  const width = (from: number, to: number): number => Math.max(x(to) - x(from), LEAST);
  const failed = details.findings.flatMap(({ index }) => (index === undefined ? [] : [index]));
  return (
    <section aria-labelledby="strip">
      <h2 id="strip">{words.log}</h2>
      <svg class="strip" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" preserveAspectRatio="none">
        <title>{stripText({ view, words, language }, failed.length)}</title>
        <defs>
          <pattern
            id="hatched"
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect class="hatch" width="4" height="8" />
          </pattern>
        </defs>
        <rect class="pending" x="0" y="0" width={WIDTH} height={HEIGHT} />
        <rect class="verified" x="0" y="0" width={x(details.size)} height={HEIGHT} />
        {details.pruned.slice(0, WIDTH).map(({ first, last }) => (
          <rect class="pruned" x={x(first)} y="0" width={width(first, last + 1)} height={HEIGHT} />
        ))}
        {failed.map((index) => (
          <path
            class="failed"
            d={`M${Math.max(x(index) - 6, 0)} 0h12l-6 ${HEIGHT / 2}l6 ${HEIGHT / 2}h-12l6 ${-HEIGHT / 2}z`}
          />
        ))}
      </svg>
      <p class="legend">
        {(['verified', 'pending', 'pruned', 'failed'] as const).map((state) => (
          <span class={`badge ${state}`}>{words.states[state]}</span>
        ))}
      </p>
    </section>
  );
}

function stripText({ view, words, language }: Omit<IntegrityProps, 'c'>, failed: number): string {
  const { pruned, size } = view.details;
  const number = (n: number): string => n.toLocaleString(language);
  const { states } = words;
  return [
    words.strip(number(Math.max(view.size - 1, 0))),
    `${states.verified}: ${number(size)}`,
    `${states.pending}: ${number(Math.max(view.size - size, 0))}`,
    `${states.pruned}: ${number(pruned.reduce((sum, { first, last }) => sum + last - first + 1, 0))}`,
    `${states.failed}: ${number(failed)}`,
  ].join('; ');
}
